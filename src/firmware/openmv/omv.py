# omv of OpenMV 3.9: what the firmware says of itself. Nobody is connected to the board's USB.
from _vhw import missing, native


@native
def version_major():
    return 3


@native
def version_minor():
    return 9


@native
def version_patch():
    return 2


@native
def version_string():
    return '3.9.2'


@native
def arch():
    return 'OMV4P H7 32768 SDRAM'


@native
def board_type():
    return 'H7'


@native
def board_id():
    return '%08X%08X%08X' % (0, 0, 0)


@native
def disable_fb(*value):
    return True if value else False


def __getattr__(name):
    return missing('omv', name)
