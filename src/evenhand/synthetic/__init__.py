"""Made-up people, records, letters and cases with known truth, seeded."""
