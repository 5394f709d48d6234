"""What the people of the demo province did: courses, attempts and one and a half school years of acts."""
