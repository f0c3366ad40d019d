# Methods of images that both firmwares have: arithmetic with others, files, shapes out of lines.
from math import cos, pi, sin, sqrt
from _vhw import call, missing, native


def _combined(name, label, scalar=True):
    def method(self, image, *args, **kwargs):
        args = self._args(label, args, kwargs)
        mask = args.next('mask', None)
        args.done()
        if mask is not None:
            missing('image.Image', label + '(mask=)')
        return self._combine(name, image, 0)

    return native(method)


def _whole(value):
    if isinstance(value, int):
        if not -0x80000000 <= value <= 0xffffffff:
            raise OverflowError('overflow converting long int to machine word')
        return value
    raise TypeError("can't convert " + type(value).__name__ + ' to int')


def text_of(value):
    if isinstance(value, str):
        return value
    raise TypeError("can't convert '%s' object to str implicitly" % type(value).__name__)


class Painting:
    def _combine(self, name, other, alpha):
        if isinstance(other, str):
            call('image_combine_file', self._handle, other, name, alpha)
        elif isinstance(other, Painting):
            call('image_combine', self._handle, other._handle, name, alpha)
        else:
            call('image_combine_colour', self._handle, self._colour(other), name, alpha)
        return self

    b_and = _combined('and', 'b_and')
    b_nand = _combined('nand', 'b_nand')
    b_or = _combined('or', 'b_or')
    b_nor = _combined('nor', 'b_nor')
    b_xor = _combined('xor', 'b_xor')
    b_xnor = _combined('xnor', 'b_xnor')
    add = _combined('add', 'add')
    min = _combined('min', 'min')
    max = _combined('max', 'max')
    difference = _combined('difference', 'difference')

    @native
    def sub(self, image, *args, **kwargs):
        args = self._args('sub', args, kwargs)
        name = 'rsub' if args.next('reverse', False) else 'sub'
        args.done()
        return self._combine(name, image, 0)

    @native
    def mul(self, image, *args, **kwargs):
        args = self._args('mul', args, kwargs)
        name = 'imul' if args.next('invert', False) else 'mul'
        args.done()
        return self._combine(name, image, 0)

    @native
    def blend(self, image, *args, **kwargs):
        args = self._args('blend', args, kwargs)
        alpha = _whole(args.next('alpha', 128))
        args.done()
        return self._combine('blend', image, alpha)

    @native
    def replace(self, *args, **kwargs):
        args = self._args('replace', args, kwargs)
        image = args.next('image', None)
        turns = [bool(args.next(name, False)) for name in ('hmirror', 'vflip', 'transpose')]
        if args.next('mask', None) is not None:
            missing('image.Image', 'replace(mask=)')
        args.done()
        if image is not None:
            self._combine('replace', image, 0)
        if True in turns:
            call('image_turn', self._handle, *turns)
        return self

    assign = set = replace

    @native
    def mean(self, size, *args, **kwargs):
        self._args('mean', args, kwargs).done()
        call('image_mean', self._handle, _whole(size))
        return self

    @native
    def save(self, path, *args, **kwargs):
        args = self._args('save', args, kwargs)
        roi = self._roi(args)
        quality = _whole(args.next('quality', self.JPEG_QUALITY))
        args.done()
        call('image_save', self._handle, text_of(path), quality, *roi)
        return self

    def _line(self, a, b, pen, thickness):
        call('image_draw_line', self._handle, int(a[0]), int(a[1]), int(b[0]), int(b[1]), pen, thickness)

    def _pen(self, args):
        return self._colour(args.next('color', -1))

    @native
    def draw_arrow(self, *args, **kwargs):
        args = self._args('draw_arrow', args, kwargs)
        x0, y0, x1, y1 = args.numbers(4)
        pen = self._pen(args)
        size = _whole(args.next('size', 10))
        thickness = _whole(args.next('thickness', 1))
        args.done()
        dx, dy = x1 - x0, y1 - y0
        length = sqrt(dx * dx + dy * dy)
        ux, uy = (dx / length, dy / length) if length else (0, 0)
        self._line((x0, y0), (x1, y1), pen, thickness)
        for side in (0.5, -0.5):
            tip = round(x1 - size * ux - side * size * uy), round(y1 - size * uy + side * size * ux)
            self._line((x1, y1), tip, pen, thickness)
        return self

    @native
    def draw_edges(self, corners, *args, **kwargs):
        args = self._args('draw_edges', args, kwargs)
        pen = self._pen(args)
        size = _whole(args.next('size', 0))
        thickness = _whole(args.next('thickness', 1))
        fill = bool(args.next('fill', False))
        args.done()
        points = [(_whole(x), _whole(y)) for x, y in corners]
        for at in range(4):
            self._line(points[at], points[(at + 1) % 4], pen, thickness)
        for x, y in points if size >= 1 else ():
            call('image_draw_circle', self._handle, x, y, size, pen, thickness, fill)
        return self

    @native
    def draw_ellipse(self, *args, **kwargs):
        # As a polygon; the firmware steps along the curve.
        args = self._args('draw_ellipse', args, kwargs)
        cx, cy, rx, ry, *turned = args.numbers(self.ELLIPSE_NUMBERS)
        rotation = turned[0] if turned else _whole(args.next('rotation', 0))
        pen = self._pen(args)
        thickness = _whole(args.next('thickness', 1))
        if args.next('fill', False):
            missing('image.Image', 'draw_ellipse(fill=)')
        args.done()
        turn = rotation * pi / 180
        points = []
        for step in range(33):
            x, y = rx * cos(step * pi / 16), ry * sin(step * pi / 16)
            points.append((round(cx + x * cos(turn) - y * sin(turn)), round(cy + x * sin(turn) + y * cos(turn))))
        for at in range(32):
            self._line(points[at], points[at + 1], pen, thickness)
        return self

    @native
    def draw_keypoints(self, keypoints, *args, **kwargs):
        args = self._args('draw_keypoints', args, kwargs)
        pen = self._pen(args)
        size = _whole(args.next('size', 10))
        thickness = _whole(args.next('thickness', 1))
        fill = bool(args.next('fill', False))
        args.done()
        if not isinstance(keypoints, (list, tuple)):
            missing('image.Image', 'draw_keypoints() of descriptors')
        for x, y, rotation in (point[:3] for point in keypoints):
            angle = rotation % 360 * pi / 180
            self._line((x, y), (x + int(cos(angle) * size), y + int(sin(angle) * size)), pen, thickness)
            call('image_draw_circle', self._handle, int(x), int(y), (size - 2) // 2, pen, thickness, fill)
        return self
