"""The keyword model: recordings to features, features to a network, a network to a .tflite file."""
