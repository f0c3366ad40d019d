# What the image modules of both firmwares share. Pixels live in the host; an image here is its number.
from json import dumps
from _vhw import call, loads, missing, native
from _painting import Painting
from _measures import Histogram, ShapedBlob, Statistics, bins_of, thresholds_of

GRAYSCALE = 0
RGB565 = 1

# Methods that the firmwares have and this board has not; other names are attribute errors, as on the board.
_NOT_MODELLED = (
    'midpoint_pool midpoint_pooled to_bitmap to_rainbow compress compress_for_ide compressed compressed_for_ide '
    'to_bytes bytearray flush flood_fill mask_rectangle mask_circle mask_ellipse and nand or nor xor xnor erode '
    'dilate open close top_hat black_hat gamma_corr div histeq median mode midpoint morph blur gaussian '
    'gaussian_blur laplacian bilateral cartoon remove_shadows chrominvar illuminvar linpolar logpolar lens_corr '
    'rotation_corr get_similarity get_regression find_lines find_line_segments find_circles find_rects '
    'find_qrcodes find_apriltags find_datamatrices find_barcodes find_displacement find_number classify_object '
    'find_template find_features find_eye find_lbp find_keypoints find_edges find_hog selective_search dump_roi '
    'conv3 ai_to_pix stretch'
).split()


# Ways to turn letters, which change nothing where they are 0.
TURNS = ('char_rotation', 'char_hmirror', 'char_vflip', 'string_rotation', 'string_hmirror', 'string_vflip')


# Names that the firmwares look for in calls of methods, and that are not modelled; each firmware adds its own.
LOOKED_UP = {
    'draw_image': ['alpha', 'mask'],
    'to_grayscale': ['rgb_channel'],
    'to_rgb565': ['rgb_channel'],
    'statistics': ['difference'],
    'histogram': ['difference'],
    'sub': ['mask'],
    'mul': ['mask'],
    'blend': ['mask'],
    'mean': ['threshold', 'offset', 'invert', 'mask'],
}


def whole(value):
    if isinstance(value, int):
        if not -0x80000000 <= value <= 0xffffffff:
            raise OverflowError('overflow converting long int to machine word')
        return int(value)
    raise TypeError("can't convert " + type(value).__name__ + ' to int')


def colour(value):
    if isinstance(value, (tuple, list)):
        if len(value) != 3:
            raise ValueError('requested length 3 but object has length %d' % len(value))
        red, green, blue = [min(max(whole(part), 0), 255) for part in value]
        return 0x1000000 | red << 16 | green << 8 | blue
    value = whole(value)
    return -1 if value < 0 else value & 0xFFFFFF


class Args:
    # Arguments as the firmware takes them: by place, or by name where the place is empty.
    def __init__(self, name, args, kwargs):
        self._name = name
        self._args = list(args)
        self._kwargs = kwargs

    def numbers(self, count, ends_with_text=False):
        args = self._args
        if args and isinstance(args[0], (tuple, list)):
            numbers = args.pop(0)
            if len(numbers) != count:
                raise ValueError('requested length %d but object has length %d' % (count, len(numbers)))
        else:
            numbers = args[:count]
            if len(numbers) != count:
                raise TypeError('%s() takes %d positional arguments but %d were given' % (self._name, count, len(numbers)))
            del args[:count]
        if ends_with_text:
            return [whole(n) for n in numbers[:-1]] + [numbers[-1]]
        return [whole(n) for n in numbers]

    def next(self, name, default):
        # py_helper_keyword_*: a name is looked for first, then its place.
        value = self._args.pop(0) if self._args else default
        return self._kwargs.pop(name, value)

    def done(self):
        # The firmware looks for the names that it knows; what else is given changes nothing there, nor does it here.
        names = LOOKED_UP.get(self._name)
        if not names:
            return
        if self._args:
            missing('image.Image', self._name + '() with that many arguments')
        for name in self._kwargs:
            if name in names:
                missing('image.Image', self._name + '(' + name + '=)')


def make(name, *args):
    # The handle of a new image; where the heap is full, it is collected first.
    try:
        return call(name, *args)
    except MemoryError:
        call('heap_collect')
        return call(name, *args)


def own(image, handle):
    # The image gets its pixels, which are garbage when it is.
    image._handle = handle
    call('image_watch', handle, id(image))


class Image(Painting):
    # Firmwares fill in: FORMATS (their numbers of grayscale and rgb565) and what a blob is.
    FORMATS = (0, 1)
    BLOB = ShapedBlob
    JPEG_QUALITY = 50
    # With the rotation, where that is no argument that may be left out.
    ELLIPSE_NUMBERS = 5

    @staticmethod
    def _args(name, args, kwargs):
        return Args(name, args, kwargs)

    @staticmethod
    def _colour(value):
        return colour(value)

    def _same(self, handle):
        if handle == self._handle:
            return self
        return self._of(handle)

    def _of(self, handle):
        image = object.__new__(type(self))
        own(image, handle)
        return image

    def __getattr__(self, name):
        if name in _NOT_MODELLED:
            return missing('image.Image', name)
        raise AttributeError("'Image' object has no attribute '" + name + "'")

    def __repr__(self):
        kind = ('grayscale', 'rgb565')[call('image_format', self._handle)]
        return '{"w":%d, "h":%d, "type"="%s", "size":%d}' % (self.width(), self.height(), kind, self.size())

    def _all(self):
        return 0, 0, call('image_width', self._handle), call('image_height', self._handle)

    def _roi(self, args):
        roi = args.next('roi', None)
        if roi is None:
            return self._all()
        x, y, w, h = roi
        return whole(x), whole(y), whole(w), whole(h)

    def _value(self, pixel, as_tuple):
        if not as_tuple:
            return pixel
        rgb = call('image_rgb', self._handle, pixel)
        return rgb >> 16, rgb >> 8 & 255, rgb & 255

    def _place(self, index, use):
        width, height = self._all()[2:]
        if isinstance(index, slice):
            return missing('image.Image', use)
        index = whole(index)
        if index < 0:
            index += width * height
        if not 0 <= index < width * height:
            raise IndexError('index out of range')
        return index % width, index // width

    @native
    def __getitem__(self, index):
        is_rgb = call('image_format', self._handle) == RGB565
        x, y = self._place(index, '[slice]')
        return self._value(call('image_get_pixel', self._handle, x, y), is_rgb)

    @native
    def __setitem__(self, index, value):
        x, y = self._place(index, '[slice] = value')
        pixel = call('image_colour', self._handle, colour(value))
        call('image_set_pixel', self._handle, x, y, pixel)

    @native
    def width(self):
        return call('image_width', self._handle)

    @native
    def height(self):
        return call('image_height', self._handle)

    @native
    def format(self):
        return self.FORMATS[call('image_format', self._handle)]

    @native
    def size(self):
        _, _, width, height = self._all()
        return width * height * (1 + call('image_format', self._handle))

    @native
    def get_pixel(self, *args, **kwargs):
        args = Args('get_pixel', args, kwargs)
        x, y = args.numbers(2)
        is_rgb = args.next('rgbtuple', call('image_format', self._handle) == RGB565)
        args.done()
        pixel = call('image_get_pixel', self._handle, x, y)
        return None if pixel < 0 else self._value(pixel, is_rgb)

    @native
    def set_pixel(self, *args, **kwargs):
        args = Args('set_pixel', args, kwargs)
        x, y = args.numbers(2)
        pixel = call('image_colour', self._handle, colour(args.next('color', -1)))
        args.done()
        call('image_set_pixel', self._handle, x, y, pixel)
        return self

    def _to(self, name, target, args, kwargs):
        args = Args(name, args, kwargs)
        is_copy = args.next('copy', False)
        args.done()
        if is_copy:
            return self._of(make('image_convert', self._handle, target))
        return self._same(make('image_become', self._handle, target))

    @native
    def to_grayscale(self, *args, **kwargs):
        return self._to('to_grayscale', GRAYSCALE, args, kwargs)

    @native
    def to_rgb565(self, *args, **kwargs):
        return self._to('to_rgb565', RGB565, args, kwargs)

    @native
    def mean_pool(self, x_div, y_div):
        call('image_mean_pool', self._handle, whole(x_div), whole(y_div))
        return self

    @native
    def mean_pooled(self, x_div, y_div):
        return self._of(make('image_mean_pooled', self._handle, whole(x_div), whole(y_div)))

    @native
    def clear(self):
        call('image_clear', self._handle)
        return self

    @native
    def invert(self):
        call('image_invert', self._handle)
        return self

    negate = invert

    @native
    def binary(self, thresholds, *args, **kwargs):
        args = Args('binary', args, kwargs)
        inverts = bool(args.next('invert', False))
        zeroes = bool(args.next('zero', False))
        mask = args.next('mask', None)
        bitmap = args.next('to_bitmap', False)
        is_copy = args.next('copy', False)
        args.done()
        if mask is not None or bitmap:
            missing('image.Image', 'binary(mask=, to_bitmap=)')
        ranges = dumps(thresholds_of(thresholds))
        target = self._of(make('image_copy', self._handle, *self._all())) if is_copy else self
        call('image_binary', target._handle, ranges, inverts, zeroes)
        return target

    def _measure(self, name, args, kwargs):
        args = Args(name, args, kwargs)
        ranges = dumps(thresholds_of(args.next('thresholds', None) or ()))
        inverts = bool(args.next('invert', False))
        roi = self._roi(args)
        bins = bins_of(kwargs)
        args.done()
        return loads(make('image_' + name, self._handle, *(roi + (ranges, inverts, bins))))

    @native
    def get_statistics(self, *args, **kwargs):
        return Statistics(self._measure('statistics', args, kwargs))

    get_stats = statistics = get_statistics

    @native
    def get_histogram(self, *args, **kwargs):
        return Histogram(self._measure('histogram', args, kwargs))

    get_hist = histogram = get_histogram

    @native
    def find_blobs(self, thresholds, *args, **kwargs):
        args = Args('find_blobs', args, kwargs)
        options = {'thresholds': thresholds_of(thresholds), 'inverts': bool(args.next('invert', False))}
        roi = self._roi(args)
        for name, key, default in (
            ('x_stride', 'strideX', 2), ('y_stride', 'strideY', 1), ('area_threshold', 'leastArea', 10),
            ('pixels_threshold', 'leastPixels', 10), ('merge', 'merges', False), ('margin', 'margin', 0)):
            options[key] = int(args.next(name, default))
        options['merges'] = bool(options['merges'])
        for name in ('x_stride', 'y_stride'):
            if options['strideX' if name[0] == 'x' else 'strideY'] <= 0:
                raise OSError(name + ' must not be zero.')
        for name in ('threshold_cb', 'merge_cb'):
            if args.next(name, None) is not None:
                missing('image.Image', 'find_blobs(' + name + '=)')
        args.done()
        kind = self.BLOB
        return [kind(values) for values in loads(make('image_find_blobs', self._handle, dumps(options), *roi))]

    @native
    def draw_line(self, *args, **kwargs):
        args = Args('draw_line', args, kwargs)
        x0, y0, x1, y1 = args.numbers(4)
        pen = colour(args.next('color', -1))
        thickness = whole(args.next('thickness', 1))
        args.done()
        call('image_draw_line', self._handle, x0, y0, x1, y1, pen, thickness)
        return self

    @native
    def draw_rectangle(self, *args, **kwargs):
        args = Args('draw_rectangle', args, kwargs)
        x, y, w, h = args.numbers(4)
        pen = colour(args.next('color', -1))
        thickness = whole(args.next('thickness', 1))
        fill = bool(args.next('fill', False))
        args.done()
        call('image_draw_rectangle', self._handle, x, y, w, h, pen, thickness, fill)
        return self

    @native
    def draw_circle(self, *args, **kwargs):
        args = Args('draw_circle', args, kwargs)
        x, y, radius = args.numbers(3)
        pen = colour(args.next('color', -1))
        thickness = whole(args.next('thickness', 1))
        fill = bool(args.next('fill', False))
        args.done()
        call('image_draw_circle', self._handle, x, y, radius, pen, thickness, fill)
        return self

    @native
    def draw_cross(self, *args, **kwargs):
        args = Args('draw_cross', args, kwargs)
        x, y = args.numbers(2)
        pen = colour(args.next('color', -1))
        reach = whole(args.next('size', 5))
        thickness = whole(args.next('thickness', 1))
        args.done()
        call('image_draw_cross', self._handle, x, y, reach, pen, thickness)
        return self

    @native
    def draw_string(self, *args, **kwargs):
        args = Args('draw_string', args, kwargs)
        x, y, text = args.numbers(3, True)
        if not isinstance(text, str):
            raise TypeError("can't convert " + type(text).__name__ + ' object to str implicitly')
        pen = colour(args.next('color', -1))
        scale = float(args.next('scale', 1))
        x_spacing = whole(args.next('x_spacing', 0))
        y_spacing = whole(args.next('y_spacing', 0))
        mono = bool(args.next('mono_space', True))
        for name in TURNS:
            if not kwargs.get(name, True):
                kwargs.pop(name)
        args.done()
        call('image_draw_string', self._handle, x, y, text, pen, scale, x_spacing, y_spacing, mono)
        return self

    @native
    def draw_image(self, other, *args, **kwargs):
        if not isinstance(other, Image):
            raise TypeError('Object type error')
        args = Args('draw_image', args, kwargs)
        x, y = args.numbers(2)
        x_scale = float(args.next('x_scale', 1))
        y_scale = float(args.next('y_scale', 1))
        if kwargs.get('alpha') == 256:
            kwargs.pop('alpha')
        args.done()
        call('image_draw_image', self._handle, other._handle, x, y, x_scale, y_scale)
        return self
