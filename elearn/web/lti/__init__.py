"""The pages of learning platforms that embed the library."""
