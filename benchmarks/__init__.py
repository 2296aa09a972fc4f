"""What the budgets of the project are measured with; see README.md. Nothing that ships imports it."""
