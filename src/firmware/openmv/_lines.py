# Lines of an image, as py_image.c of OpenMV 3.9 has them.
from json import dumps
from math import sqrt
from _vhw import loads, missing, native
from _images import Args, make
from _measures import thresholds_of

_NAMES = ('x1', 'y1', 'x2', 'y2', 'length', 'magnitude', 'theta', 'rho')


class Line:
    def __init__(self, found):
        found['length'] = int(round(sqrt((found['x2'] - found['x1']) ** 2 + (found['y2'] - found['y1']) ** 2)))
        self._all = tuple([found[name] for name in _NAMES])

    def __getitem__(self, index):
        return self._all[index]

    def __len__(self):
        return len(self._all)

    @native
    def line(self):
        return self._all[:4]

    @native
    def x1(self):
        return self._all[0]

    @native
    def y1(self):
        return self._all[1]

    @native
    def x2(self):
        return self._all[2]

    @native
    def y2(self):
        return self._all[3]

    @native
    def length(self):
        return self._all[4]

    @native
    def magnitude(self):
        return self._all[5]

    @native
    def theta(self):
        return self._all[6]

    @native
    def rho(self):
        return self._all[7]

    def __repr__(self):
        return '{' + ', '.join(['"%s":%d' % pair for pair in zip(_NAMES, self._all)]) + '}'

    def __getattr__(self, name):
        return missing('line', name)


def regression_of(image, thresholds, args, kwargs):
    # None where there are no thresholds, or no line.
    args = Args('get_regression', args, kwargs)
    options = {'thresholds': thresholds_of(thresholds), 'inverts': bool(args.next('invert', False))}
    roi = image._roi(args)
    for name, key, default in (
        ('x_stride', 'strideX', 2), ('y_stride', 'strideY', 1), ('area_threshold', 'leastArea', 10),
        ('pixels_threshold', 'leastPixels', 10)):
        options[key] = int(args.next(name, default))
        if name[1:] == '_stride' and options[key] <= 0:
            raise OSError(name + ' must not be zero.')
    options['isRobust'] = bool(args.next('robust', False))
    args.done()
    found = loads(make('image_get_regression', image._handle, dumps(options), *roi))
    return None if found is None else Line(found)


def lines_of(image, args, kwargs):
    args = Args('find_lines', args, kwargs)
    roi = image._roi(args)
    options = {}
    for name, key, default in (
        ('x_stride', 'strideX', 2), ('y_stride', 'strideY', 1), ('threshold', 'threshold', 1000),
        ('theta_margin', 'thetaMargin', 25), ('rho_margin', 'rhoMargin', 25)):
        options[key] = int(args.next(name, default))
        if name[1:] == '_stride' and options[key] <= 0:
            raise OSError(name + ' must not be zero.')
        # As unsigned numbers of 32 bits.
        options[key] &= 0xffffffff
    args.done()
    return [Line(found) for found in loads(make('image_find_lines', image._handle, dumps(options), *roi))]
