# What images are measured by: thresholds, statistics, histograms, blobs.
from json import dumps
from math import pi, sqrt
from _vhw import call, loads, missing, native

_LIMITS = ((0, 255), (-128, 127), (-128, 127))


def thresholds_of(value):
    # Low and high of L (or grey), A and B; what is left out is all there is.
    if isinstance(value, (tuple, list)) and value and isinstance(value[0], int):
        raise TypeError('thresholds must be a list of tuples')
    rows = []
    for threshold in value:
        row = []
        for index, (low, high) in enumerate(_LIMITS):
            part = [int(bound) for bound in threshold[2 * index:2 * index + 2]]
            bounds = [min(max(bound, low), high) for bound in part] + [low, high][len(part):]
            row += [min(bounds), max(bounds)]
        rows.append(row)
    return rows


def bins_of(kwargs):
    # Bins by channel where a script asks for their count.
    names = ('l_bins', 'a_bins', 'b_bins')
    common = kwargs.pop('bins', None)
    counts = [kwargs.pop(name, common) for name in names]
    if [count for count in counts if count is not None and not isinstance(count, int)]:
        raise TypeError("can't convert bins to int")
    if counts == [None] * 3:
        return '[]'
    if [count for count in counts if count is not None and count < 2]:
        raise OSError('bins must be >= 2')
    return dumps([count or limit for count, limit in zip(counts, (256, 256, 256))])


class _Values:
    # Values by name, of one channel or of three with l_, a_ and b_ in front.
    _KIND = ''
    _NAMES = ()

    def __init__(self, values):
        self._values = values

    def _labels(self):
        if len(self._values) == len(self._NAMES):
            return list(self._NAMES)
        return [channel + name for channel in ('l_', 'a_', 'b_') for name in self._NAMES]

    def __getitem__(self, index):
        return self._values[index]

    def __len__(self):
        return len(self._values)

    def __repr__(self):
        return '{' + ', '.join('"%s":%d' % pair for pair in zip(self._labels(), self._values)) + '}'

    def __getattr__(self, name):
        channel = 'lab'.find(name[0]) if name[1:2] == '_' else 0
        plain = name[2:] if name[1:2] == '_' else name
        if plain in self._NAMES and channel >= 0:
            at = channel * len(self._NAMES) + self._NAMES.index(plain)
            value = self._values[at] if at < len(self._values) else None
            return native(lambda: value)
        return missing(self._KIND, name)


class Statistics(_Values):
    _KIND = 'statistics'
    _NAMES = ('mean', 'median', 'mode', 'stdev', 'min', 'max', 'lq', 'uq')


class Percentile(_Values):
    _KIND = 'percentile'
    _NAMES = ('value',)


class Threshold(_Values):
    _KIND = 'threshold'
    _NAMES = ('value',)


class Histogram:
    def __init__(self, channels):
        self._channels = channels

    def _bins(self, index):
        return [float(share) for share in self._channels[index]] if index < len(self._channels) else []

    def _ask(self, name, *args):
        return loads(call(name, dumps(self._channels), len(self._channels), *args))

    @native
    def bins(self):
        return self._bins(0)

    l_bins = bins

    @native
    def a_bins(self):
        return self._bins(1)

    @native
    def b_bins(self):
        return self._bins(2)

    @native
    def get_statistics(self):
        return Statistics(self._ask('histogram_statistics'))

    get_stats = statistics = get_statistics

    @native
    def get_percentile(self, percentile):
        return Percentile(self._ask('histogram_percentile', float(percentile)))

    @native
    def get_threshold(self):
        return Threshold(self._ask('histogram_threshold'))

    get_threhsold = get_threshold

    def __getitem__(self, index):
        return [self._bins(channel) for channel in range(len(self._channels))][index]

    def __getattr__(self, name):
        return missing('histogram', name)


def _rounded(value):
    # To the nearest whole number, halves to the even one, as round() does.
    return int(round(value))


def _distance(a, b):
    return sqrt((a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2)


class Blob:
    # A blob is a tuple of its first values; firmwares say of how many.
    _length = 10

    def __init__(self, values):
        self._all = values

    def _parts(self):
        x, y, w, h, pixels, cx, cy, rotation = self._all[:8]
        parts = (x, y, w, h, pixels, _rounded(cx), _rounded(cy), float(rotation)) + tuple(self._all[8:11])
        return (parts + (float(self._all[11]),))[:self._length]

    def __getitem__(self, index):
        return self._parts()[index]

    def __len__(self):
        return self._length

    def __repr__(self):
        names = ('x', 'y', 'w', 'h', 'pixels', 'cx', 'cy', 'rotation', 'code', 'count', 'perimeter', 'roundness')
        shown = []
        for name, value in zip(names, self._parts()):
            shown.append('"%s":%f' % (name, value) if isinstance(value, float) else '"%s":%d' % (name, value))
        return '{' + ', '.join(shown) + '}'

    @native
    def rect(self):
        return tuple(self._all[:4])

    @native
    def area(self):
        return self._all[2] * self._all[3]

    @native
    def density(self):
        area = self._all[2] * self._all[3]
        return self._all[4] / area if area else 0.0

    extent = density

    @native
    def rotation_deg(self):
        return int(self._all[7] * 180 / pi)

    @native
    def __getattr__(self, name):
        if name not in _BLOB_VALUES or _BLOB_VALUES[name] >= self._length:
            return missing('blob', name)
        value = self._parts()[_BLOB_VALUES[name]]
        return native(lambda: value)


_BLOB_VALUES = {
    'x': 0, 'y': 1, 'w': 2, 'h': 3, 'pixels': 4, 'cx': 5, 'cy': 6, 'rotation': 7, 'rotation_rad': 7, 'code': 8,
    'count': 9, 'perimeter': 10, 'roundness': 11
}


class ShapedBlob(Blob):
    # With the corners that OpenMV keeps: behind the values, those of the blob and those of its rectangle.
    _length = 12

    def _corners_at(self, index):
        return tuple([tuple(corner) for corner in self._all[index]])

    @native
    def cxf(self):
        return float(self._all[5])

    @native
    def cyf(self):
        return float(self._all[6])

    @native
    def corners(self):
        return self._corners_at(12)

    @native
    def min_corners(self):
        return self._corners_at(13)

    @native
    def elongation(self):
        return 1.0 - self._all[11]

    @native
    def compactness(self):
        perimeter = self._all[10]
        return 4 * pi * self._all[4] / (perimeter * perimeter) if perimeter else 0.0

    @native
    def solidity(self):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = self._corners_at(13)
        doubled = ax * by - bx * ay + bx * cy - cx * by + cx * dy - dx * cy + dx * ay - ax * dy
        return min(self._all[4] * 2.0 / abs(doubled), 1.0) if doubled else 0.0

    @native
    def convexity(self):
        corners = self._corners_at(13)
        around = sum(_distance(corners[at], corners[at - 1]) for at in range(4))
        return min(around / self._all[10], 1.0) if self._all[10] else 0.0

    def _axes(self):
        # Lines between the middles of opposite sides, the longer one first.
        corners = self._corners_at(13)
        middles = [((corners[at][0] + corners[(at + 1) % 4][0]) // 2, (corners[at][1] + corners[(at + 1) % 4][1]) // 2) for at in range(4)]
        lines = ((middles[0], middles[2]), (middles[1], middles[3]))
        return lines if _distance(*lines[0]) >= _distance(*lines[1]) else (lines[1], lines[0])

    @native
    def major_axis_line(self):
        a, b = self._axes()[0]
        return a + b

    @native
    def minor_axis_line(self):
        a, b = self._axes()[1]
        return a + b

    def _centre(self):
        return sum(x for x, _ in self._corners_at(13)) // 4, sum(y for _, y in self._corners_at(13)) // 4

    @native
    def enclosing_circle(self):
        centre = self._centre()
        return centre + (int(max(_distance(centre, corner) for corner in self._corners_at(13))),)

    @native
    def enclosed_ellipse(self):
        long, short = self._axes()
        return self._centre() + (int(_distance(*long) / 2), int(_distance(*short) / 2), int(self._all[7] * 180 / pi))
