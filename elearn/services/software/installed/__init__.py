"""What is installed at schools: reports, what stands, how old it is, whether it is licensed, and who has too many."""
