# What a sensor tells of its settings. Light is that of the pictures: what an automatic setting would find is not known, so
# it is told as a sensor leaves it after a reset, in steady light.
OV2640 = 0x26
OV5640 = 0x56
OV7690 = 0x76
OV7725 = 0x77
OV9650 = 0x96
MT9V034 = 0x1324
MT9M114 = 0x2481
LEPTON = 0x54
HM01B0 = 0xB0
PAJ6100 = 0x6100
NORMAL = 0
NEGATIVE = 1

state = {
    'get_exposure_us': 16000,
    'get_gain_db': 0.0,
    'get_rgb_gain_db': (0.0, 0.0, 0.0),
    'get_auto_gain': True,
    'get_auto_exposure': True,
    'get_auto_whitebal': True,
    'get_hmirror': False,
    'get_vflip': False,
    'get_transpose': False,
    'get_auto_rotation': False,
}
