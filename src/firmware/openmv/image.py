# image of OpenMV 3.9 (src/omv/modules/py_image.c).
from _vhw import call, missing, native
import _images
from _images import Args, make, own, whole
from _jpegs import Compressible
from _lines import lines_of, regression_of

GRAYSCALE = 2
RGB565 = 3
_PALETTES = ['rgb_channel', 'alpha', 'color_palette', 'alpha_palette', 'hint']
_MASKS = ['threshold', 'offset', 'invert', 'mask']
_images.LOOKED_UP.update({
    'display': ['x_scale', 'y_scale'] + _PALETTES,
    'draw_image': ['roi', 'x_size', 'y_size'] + _PALETTES,
    'draw_string': list(_images.TURNS),
    'midpoint': _MASKS,
    'gaussian': _MASKS,
    'laplacian': _MASKS,
    'erode': ['mask'],
    'dilate': ['mask'],
    'histeq': ['mask'],
    'find_blobs': ['x_hist_bins_max', 'y_hist_bins_max'],
    'copy': ['x_size', 'y_size'] + _PALETTES,
    'crop': ['x_size', 'y_size'] + _PALETTES,
    'scale': ['x_size', 'y_size'] + _PALETTES,
    'to_grayscale': ['x_scale', 'y_scale', 'roi'] + _PALETTES,
    'to_rgb565': ['x_scale', 'y_scale', 'roi'] + _PALETTES,
})
_KINDS = {GRAYSCALE: _images.GRAYSCALE, RGB565: _images.RGB565}


class Image(Compressible):
    FORMATS = (GRAYSCALE, RGB565)

    @native
    def __init__(self, *args, **kwargs):
        is_frame = bool(kwargs.pop('copy_to_fb', False))
        for name in kwargs:
            missing('image', 'Image(' + name + '=)')
        if args and isinstance(args[0], str):
            if len(args) > 1:
                is_frame = bool(args[1])
            own(self, make('image_load', args[0], is_frame))
            return
        if len(args) < 3:
            raise TypeError('Image() takes a path, or width, height and format')
        if len(args) > 3:
            missing('image', 'Image(w, h, format, buffer)')
        if args[2] not in _KINDS:
            missing('image', 'Image(w, h, format) of other formats than GRAYSCALE and RGB565')
        own(self, make('image_new', whole(args[0]), whole(args[1]), _KINDS[args[2]], is_frame))

    def __repr__(self):
        return Compressible.__repr__(self).replace('"="', '":"')

    def _scaled(self, name, args, kwargs, in_place):
        if args and isinstance(args[0], (tuple, list)):
            kwargs['roi'] = args[0]
            args = args[1:]
        args = Args(name, args, kwargs)
        x_scale = float(args.next('x_scale', 1))
        y_scale = float(args.next('y_scale', 1))
        roi = self._roi(args)
        is_frame = bool(kwargs.pop('copy_to_fb', False))
        is_copy = kwargs.pop('copy', not in_place)
        args.done()
        if x_scale == 1 and y_scale == 1:
            made = make('image_copy', self._handle, *roi, is_frame)
        else:
            if is_frame:
                missing('image.Image', name + '(copy_to_fb=) with a scale')
            made = make('image_scale', self._handle, *roi, x_scale, y_scale)
        if is_copy:
            return self._of(made)
        call('image_take', self._handle, made)
        return self

    @native
    def copy(self, *args, **kwargs):
        return self._scaled('copy', args, kwargs, False)

    @native
    def crop(self, *args, **kwargs):
        return self._scaled('crop', args, kwargs, True)

    @native
    def scale(self, *args, **kwargs):
        return self._scaled('scale', args, kwargs, True)

    @native
    def get_regression(self, thresholds, *args, **kwargs):
        return regression_of(self, thresholds, args, kwargs)

    @native
    def find_lines(self, *args, **kwargs):
        return lines_of(self, args, kwargs)


def __getattr__(name):
    return missing('image', name)
