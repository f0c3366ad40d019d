# lcd of MaixPy 0.5 (components/micropython/port/src/omv/py/py_lcd.c).
from _vhw import call, missing, native
import _images
from _images import colour, whole

BLACK = 0x0000
NAVY = 0x000F
DARKGREEN = 0x03E0
DARKCYAN = 0x03EF
MAROON = 0x7800
PURPLE = 0x780F
OLIVE = 0x7BE0
LIGHTGREY = 0xC618
DARKGREY = 0x7BEF
BLUE = 0x001F
GREEN = 0x07E0
CYAN = 0x07FF
RED = 0xF800
MAGENTA = 0xF81F
YELLOW = 0xFFE0
WHITE = 0xFFFF
ORANGE = 0xFD20
GREENYELLOW = 0xAFE5
PINK = 0xF81F

XY_RLUD = 0x00
YX_RLUD = 0x20
XY_LRUD = 0x40
YX_LRUD = 0x60
XY_RLDU = 0x80
YX_RLDU = 0xA0
XY_LRDU = 0xC0
YX_LRDU = 0xE0
# Quarters and mirror that make of the direction after lcd.init(), YX_RLDU, the other ones of a wide picture.
_DIRECTIONS = {YX_RLDU: (0, False), YX_LRUD: (2, False), YX_LRDU: (0, True), YX_RLUD: (2, True)}

_hz = 15000000
_mirror = 0


@native
def init(type=1, freq=15000000, color=BLACK, width=320, height=240, **kwargs):
    global _hz
    if whole(type) == 0:
        return
    if type != 1:
        missing('lcd', 'init(type=) of other screens than the 320 x 240 of the kit')
    _hz = whole(freq)
    call('lcd_init', whole(width), whole(height), colour(color), _hz)


@native
def deinit():
    call('lcd_deinit')


@native
def width():
    return call('lcd_width') if call('lcd_is_on') else None


@native
def height():
    return call('lcd_height') if call('lcd_is_on') else None


@native
def type():
    return 1 if call('lcd_is_on') else None


@native
def freq(freq=None):
    global _hz
    if freq is not None:
        _hz = whole(freq)
        call('lcd_set_hz', _hz)
    return _hz


@native
def set_backlight(state):
    pass


@native
def get_backlight():
    pass


@native
def clear(color=BLACK, *rest):
    if call('lcd_is_on'):
        call('lcd_clear', colour((color,) + rest if rest else color))


@native
def rotation(quarters=None):
    if quarters is None:
        return call('lcd_rotation', -1)
    if not 0 <= whole(quarters) <= 3:
        raise ValueError('value:[0,3]')
    return call('lcd_rotation', quarters)


@native
def mirror(invert=None):
    global _mirror
    if invert is not None:
        if invert not in (0, 1):
            raise ValueError('True or False')
        _mirror = int(invert)
        call('lcd_mirror', bool(invert))
    return _mirror


@native
def direction(dir):
    if dir not in _DIRECTIONS:
        missing('lcd', 'direction() of a tall picture (XY_...)')
    quarters, mirrored = _DIRECTIONS[dir]
    call('lcd_rotation', quarters)
    call('lcd_mirror', mirrored)


@native
def display(img, roi=None, oft=None, *rest, **others):
    if not isinstance(img, _images.Image):
        raise TypeError('Object type error')
    x, y, w, h = roi if roi is not None else img._all()
    left, top = oft if oft is not None else (-1, -1)
    if call('lcd_is_on'):
        call('lcd_display', img._handle, whole(x), whole(y), whole(w), whole(h), whole(left), whole(top))


@native
def draw_string(x, y, text, color=RED, bgcolor=BLACK):
    if not call('lcd_is_on'):
        raise ValueError('not init')
    if not isinstance(text, str):
        raise TypeError("can't convert object to str implicitly")
    call('lcd_draw_string', whole(x), whole(y), text, whole(color), whole(bgcolor))


def __getattr__(name):
    return missing('lcd', name)
