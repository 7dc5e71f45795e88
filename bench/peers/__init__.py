"""What the plan is measured against: other methods on the same program folder, judged by the same rules."""
