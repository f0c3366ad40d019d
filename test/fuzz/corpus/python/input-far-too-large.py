# openmv-4.6
import ml
from ulab import numpy
ml.Model("/m.tflite").predict([numpy.zeros((65536, 8, 8, 1))])
