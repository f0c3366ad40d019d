# ml.preprocessing of OpenMV 4.6.
from ml import Normalization
from _vhw import missing


def __getattr__(name):
    return missing('ml.preprocessing', name)
