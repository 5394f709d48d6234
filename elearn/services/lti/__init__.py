"""Learning platforms that embed the library: what `elearn.lti` judges is stored, fetched and sent from here."""
