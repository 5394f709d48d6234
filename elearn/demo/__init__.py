"""What a fresh installation shows: lessons, documents and software made for it by code, nothing borrowed."""
