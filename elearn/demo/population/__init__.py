"""The people of the whole demo province: schools, staff, classes and pupils, drawn from a seed."""
