# image of MaixPy 0.5 (components/micropython/port/src/omv/py/py_image.c).
from _vhw import call, missing, native
import _images
from _images import Args, make, own, whole
from _measures import Blob


class Image(_images.Image):
    FORMATS = (4, 2)
    BLOB = Blob
    ELLIPSE_NUMBERS = 4

    @native
    def __init__(self, *args, **kwargs):
        size = kwargs.pop('size', None)
        is_frame = bool(kwargs.pop('copy_to_fb', False))
        for name in kwargs:
            missing('image', 'Image(' + name + '=)')
        if not args:
            width, height = size or (320, 240)
            own(self, make('image_new', whole(width), whole(height), _images.RGB565, is_frame))
        elif isinstance(args[0], str):
            own(self, make('image_load', args[0], is_frame))
        elif isinstance(args[0], (int, float)):
            raise OSError('stream operation not supported')
        else:
            missing('image', 'Image(stream)')

    @native
    def copy(self, *args, **kwargs):
        args = Args('copy', args, kwargs)
        roi = self._roi(args)
        is_frame = bool(args.next('copy_to_fb', False))
        args.done()
        return self._of(make('image_copy', self._handle, *roi, is_frame))

    @native
    def cut(self, x, y, w, h=None):
        if h is None:
            raise IndexError('index out of range')
        return self._of(make('image_cut', self._handle, whole(x), whole(y), whole(w), whole(h)))

    @native
    def resize(self, w, h):
        return self._of(make('image_resize', self._handle, whole(w), whole(h)))

    @native
    def strech_char(self, de_dark):
        call('image_strech_char', self._handle, whole(de_dark))

    @native
    def pix_to_ai(self):
        make('image_pix_to_ai', self._handle)


def __getattr__(name):
    return missing('image', name)
