"""The demo's catalogue of teaching software: real free titles by name, and how a department came to approve them."""
