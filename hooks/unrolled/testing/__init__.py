"""The pages' cells under pytest."""
