"""The rules of triangulation, a module each; ``register`` names them in the order of the guide."""
