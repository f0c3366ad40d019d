# lcd of OpenMV 3.9: the shield with 128 x 160 pixels.
from _vhw import call, missing, native
import _images
from _images import Args, whole

LCD_NONE = 0
LCD_SHIELD = 1
_backlight = 255


@native
def init(type=LCD_SHIELD, refresh=60, triple_buffer=False, **kwargs):
    # The H7 Plus is built with a controller for the shield alone: other types leave the screen off (py_lcd_init).
    call('lcd_deinit')
    if type != LCD_SHIELD:
        return
    call('lcd_init', 128, 160, 0, 128 * 160 * 16 * whole(refresh), bool(triple_buffer))


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
    return LCD_SHIELD if call('lcd_is_on') else LCD_NONE


@native
def set_backlight(state):
    global _backlight
    _backlight = whole(state)


@native
def get_backlight():
    return _backlight


@native
def clear(*args):
    if call('lcd_is_on'):
        call('lcd_clear', 0)


@native
def display(img, *args, **kwargs):
    if not isinstance(img, _images.Image):
        raise TypeError('Object type error')
    args = Args('display', args, kwargs)
    left, top = args.next('x', None), args.next('y', None)
    roi = kwargs.pop('roi', None) or img._all()
    args.done()
    if not call('lcd_is_on'):
        return
    if (left is None) != (top is None):
        missing('lcd', 'display() with only one of x and y')
    call('lcd_display', img._handle, *roi, -1 if left is None else whole(left), -1 if top is None else whole(top))


def __getattr__(name):
    return missing('lcd', name)
