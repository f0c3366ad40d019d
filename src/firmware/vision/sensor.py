# sensor of both firmwares; what the camera sees is told in camera.ts.
from _vhw import call, loads, missing, native, not_modelled
import image as _image
from _images import make, own, whole
from _sensor_names import *
from _sensor_names import state as _state

GRAYSCALE, RGB565 = _image.Image.FORMATS
_FORMATS = _image.Image.FORMATS
_SIZES = loads(call('sensor_sizes'))
globals().update({name: index + 1 for index, name in enumerate(_SIZES)})
_pixformat = None
_framesize = None


@native
def reset(freq=0, dual_buff=None, **kwargs):
    # freq and dual_buff are MaixPy's.
    call('sensor_reset', whole(freq), 0 if dual_buff is None else 2 if dual_buff else 1)


@native
def set_pixformat(pixformat, **kwargs):
    global _pixformat
    if pixformat not in _FORMATS:
        missing('sensor', 'set_pixformat() of other formats than GRAYSCALE and RGB565')
    call('sensor_set_pixformat', _FORMATS.index(pixformat))
    _pixformat = pixformat
    return True


@native
def get_pixformat():
    return _pixformat


@native
def set_framesize(framesize, **kwargs):
    global _framesize
    if not 1 <= whole(framesize) <= len(_SIZES):
        missing('sensor', 'set_framesize() of that size')
    call('sensor_set_framesize', _SIZES[framesize - 1])
    _framesize = framesize


@native
def get_framesize():
    return _framesize


@native
def set_windowing(*roi):
    if len(roi) == 1:
        roi = roi[0]
    if not isinstance(roi, (tuple, list)) or len(roi) not in (2, 4):
        raise ValueError('The tuple/list must either be (x, y, w, h) or (w, h)')
    roi = [whole(part) for part in roi]
    if len(roi) == 2:
        w, h = roi
        roi = [call('sensor_width') // 2 - w // 2, call('sensor_height') // 2 - h // 2, w, h]
    call('sensor_set_windowing', *roi)
    return True


@native
def get_windowing():
    return tuple(loads(call('sensor_window')))


@native
def skip_frames(n=None, time=None, **kwargs):
    # By their count, or for 300 ms, or whichever ends first.
    ms = whole(time) if time is not None else 300 if n is None else 1e9
    call('sensor_skip_frames', 1e9 if n is None else whole(n), ms)


@native
def snapshot(**kwargs):
    shot = object.__new__(_image.Image)
    own(shot, make('sensor_snapshot'))
    return shot


@native
def run(enable):
    call('sensor_run', bool(enable))
    return True


@native
def width():
    return call('sensor_width')


@native
def height():
    return call('sensor_height')


@native
def get_id():
    name = call('sensor_id').upper()
    number = globals().get(name)
    return missing('sensor', 'get_id() of a ' + name) if number is None else number


def _automatic(switch, value):
    # A setting that the sensor makes by itself until it is switched off, with or without a value to keep.
    @native
    def setting(enable, *args, **kwargs):
        _state[switch] = bool(enable)
        call('sensor_setting')
        given = args[0] if args else kwargs.get(value[4:])
        if given is not None and not enable:
            _state[value] = given

    return setting


set_auto_gain = _automatic('get_auto_gain', 'get_gain_db')
set_auto_exposure = _automatic('get_auto_exposure', 'get_exposure_us')
set_auto_whitebal = _automatic('get_auto_whitebal', 'get_rgb_gain_db')


@native
def set_hmirror(enable):
    _state['get_hmirror'] = bool(enable)
    call('sensor_set_hmirror', bool(enable))


@native
def set_vflip(enable):
    _state['get_vflip'] = bool(enable)
    call('sensor_set_vflip', bool(enable))


# Settings of the light: registers are written, pictures are as they are.
@native
def _setting(*args, **kwargs):
    call('sensor_setting')
    return True


set_gainceiling = _setting
set_contrast = set_brightness = set_saturation = set_quality = set_lens_correction = _setting
set_special_effect = set_framerate = _setting


def __write_reg(*args):
    not_modelled('sensor.__write_reg is not modelled')


def __read_reg(*args):
    not_modelled('sensor.__read_reg is not modelled')


@native
def set_vsync_output(pin):
    call('sensor_vsync_output', pin._name)
    return True


@native
def alloc_extra_fb(w, h, pixformat):
    if pixformat not in _FORMATS:
        missing('sensor', 'alloc_extra_fb() of other formats than GRAYSCALE and RGB565')
    extra = object.__new__(_image.Image)
    own(extra, make('sensor_alloc_extra_fb', whole(w), whole(h), _FORMATS.index(pixformat)))
    return extra


@native
def dealloc_extra_fb():
    call('sensor_dealloc_extra_fb')


@native
def get_fb():
    return None if _pixformat is None else missing('sensor', 'get_fb')


@native
def sleep(enable):
    call('sensor_run', not enable)


@native
def shutdown(enable):
    call('sensor_run', not enable)


def __getattr__(name):
    if name in _state:
        return native(lambda: (call('sensor_setting'), _state[name])[1])
    return missing('sensor', name)
