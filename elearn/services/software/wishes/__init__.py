"""What teachers ask for: requests for titles with voices and support, decisions, trials at schools, ratings."""
