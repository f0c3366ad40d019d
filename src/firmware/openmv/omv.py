# omv of OpenMV: what the firmware says of itself. Nobody is connected to the board's USB.
from _vhw import call, missing, native


def _version():
    return call('omv_version')


@native
def version_major():
    return int(_version().split('.')[0])


@native
def version_minor():
    return int(_version().split('.')[1])


@native
def version_patch():
    return int(_version().split('.')[2])


@native
def version_string():
    return _version()


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
