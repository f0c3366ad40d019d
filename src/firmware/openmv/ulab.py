# ulab of OpenMV 4.6, as far as scripts around ml use it.
import _numpy as numpy
from _vhw import missing


def __getattr__(name):
    return missing('ulab', name)
