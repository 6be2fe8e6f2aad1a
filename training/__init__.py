"""Training of the models that the project ships; nothing here is part of the product."""
