# What scripts around ml use of ulab's numpy: dense arrays of numbers in Python lists.
import math as _math
from _vhw import call, missing, native

bool = 63
int8 = 98
uint8 = 66
int16 = 104
uint16 = 72
float = 102
pi = _math.pi
e = _math.e
inf = _math.inf
nan = _math.nan
_WHOLE = (int8, uint8, int16, uint16)


def _touch(count):
    call('ml_touch', count)


def _size(shape):
    size = 1
    for side in shape:
        size *= side
    return size


def from_flat(flat, shape, dtype=float):
    made = object.__new__(Array)
    made._flat, made.shape, made.dtype = flat, tuple(shape), dtype
    return made


def _shape_of(values):
    shape = []
    while isinstance(values, (list, tuple, range)):
        shape.append(len(values))
        if not len(values):
            break
        values = values[0]
    return tuple(shape)


def _flatten(values):
    if not isinstance(values, (list, tuple, range)):
        return [values]
    return [one for value in values for one in _flatten(value)]


class Array:
    @property
    def size(self):
        return len(self._flat)

    @property
    def ndim(self):
        return len(self.shape)

    @property
    def T(self):
        return self.transpose()

    @native
    def transpose(self):
        if len(self.shape) != 2:
            return missing('ulab.numpy', 'transpose() of other arrays than of two axes')
        rows, columns = self.shape
        return from_flat([self._flat[row * columns + column] for column in range(columns) for row in range(rows)], (columns, rows), self.dtype)

    @native
    def flatten(self, order='C'):
        _touch(len(self._flat))
        return from_flat(list(self._flat), (len(self._flat),), self.dtype)

    @native
    def reshape(self, shape, *more):
        shape = (shape,) + more if isinstance(shape, int) else tuple(shape)
        if _size(shape) != len(self._flat):
            raise ValueError('input and output shapes are not compatible')
        return from_flat(self._flat, shape, self.dtype)

    @native
    def copy(self):
        return from_flat(list(self._flat), self.shape, self.dtype)

    @native
    def tolist(self):
        _touch(len(self._flat))
        return self._nested(self._flat, self.shape)

    def _nested(self, flat, shape):
        if len(shape) <= 1:
            return list(flat)
        step = len(flat) // shape[0] if shape[0] else 0
        return [self._nested(flat[at * step:(at + 1) * step], shape[1:]) for at in range(shape[0])]

    def __len__(self):
        return self.shape[0]

    def _part(self, index):
        if index < 0:
            index += self.shape[0]
        if not 0 <= index < self.shape[0]:
            raise IndexError('index is out of bounds')
        step = len(self._flat) // self.shape[0]
        return index * step, step

    def __getitem__(self, index):
        if isinstance(index, tuple):
            if len(index) == 1:
                return self[index[0]]
            if isinstance(index[0], int):
                return self[index[0]][index[1:]]
            rows = self[index[0]]
            picked = [rows[at][index[1:]] for at in range(len(rows))]
            inner = picked[0].shape if picked and isinstance(picked[0], Array) else ()
            flat = [one for part in picked for one in (part._flat if inner else [part])]
            return from_flat(flat, (len(picked),) + inner, self.dtype)
        step = len(self._flat) // self.shape[0] if self.shape[0] else 1
        if isinstance(index, slice):
            rows = range(self.shape[0])[index]
            flat = [one for row in rows for one in self._flat[row * step:(row + 1) * step]]
            return from_flat(flat, (len(rows),) + self.shape[1:], self.dtype)
        if isinstance(index, Array):
            rows = [at for at in range(len(index._flat)) if index._flat[at]]
            flat = [one for row in rows for one in self._flat[row * step:(row + 1) * step]]
            return from_flat(flat, (len(rows),) + self.shape[1:], self.dtype)
        start, step = self._part(index)
        if len(self.shape) == 1:
            return self._flat[start]
        return from_flat(self._flat[start:start + step], self.shape[1:], self.dtype)

    def __setitem__(self, index, value):
        if not isinstance(index, int) or len(self.shape) != 1:
            missing('ulab.numpy', 'array[...] = value')
        self._flat[self._part(index)[0]] = value

    def __iter__(self):
        return iter([self[at] for at in range(self.shape[0])])

    def _with(self, other, operation):
        _touch(len(self._flat))
        if not isinstance(other, Array):
            return from_flat([operation(one, other) for one in self._flat], self.shape)
        if other.shape != self.shape:
            missing('ulab.numpy', 'arithmetic of arrays of different shapes')
        return from_flat([operation(a, b) for a, b in zip(self._flat, other._flat)], self.shape)

    def __add__(self, other):
        return self._with(other, lambda a, b: a + b)

    __radd__ = __add__

    def __sub__(self, other):
        return self._with(other, lambda a, b: a - b)

    def __rsub__(self, other):
        return self._with(other, lambda a, b: b - a)

    def __mul__(self, other):
        return self._with(other, lambda a, b: a * b)

    __rmul__ = __mul__

    def __truediv__(self, other):
        return self._with(other, lambda a, b: a / b)

    def __neg__(self):
        return self._with(0, lambda a, b: -a)

    def __lt__(self, other):
        return self._with(other, lambda a, b: a < b)

    def __gt__(self, other):
        return self._with(other, lambda a, b: a > b)

    def __ge__(self, other):
        return self._with(other, lambda a, b: a >= b)

    def __le__(self, other):
        return self._with(other, lambda a, b: a <= b)

    def __repr__(self):
        return 'array(%s, dtype=%s)' % (self._nested(self._flat, self.shape), 'float32' if self.dtype == float else chr(self.dtype))

    def __getattr__(self, name):
        return missing('ulab.numpy.ndarray', name)


ndarray = Array


@native
def array(values, dtype=float):
    if isinstance(values, Array):
        values = values.tolist()
    shape = _shape_of(values)
    flat = _flatten(values)
    _touch(len(flat))
    if len(flat) != _size(shape):
        raise ValueError('iterables are not of the same length')
    return from_flat([int(one) if dtype in _WHOLE else one * 1.0 for one in flat], shape, dtype)


asarray = array


def _filled(value):
    @native
    def make(shape, dtype=float):
        shape = (shape,) if isinstance(shape, int) else tuple(shape)
        return from_flat([value] * _size(shape), shape, dtype)

    return make


zeros = _filled(0.0)
ones = _filled(1.0)


@native
def arange(start, stop=None, step=1, dtype=float):
    return array(list(range(start) if stop is None else range(start, stop, step)), dtype)


def _numbers(values):
    flat = values._flat if isinstance(values, Array) else _flatten(values)
    _touch(len(flat))
    return flat


def _reduced(name, reduce):
    @native
    def function(values, axis=None):
        if axis is None:
            return reduce(_numbers(values))
        if not isinstance(values, Array) or len(values.shape) != 2 or axis not in (0, 1):
            return missing('ulab.numpy', name + '(axis=) of other arrays than of two axes')
        rows = values.transpose() if axis == 0 else values
        return from_flat([reduce(_numbers(row)) for row in rows], (len(rows),))

    return function


_min, _max, _sum, _sorted, _abs = min, max, sum, sorted, abs
min = _reduced('min', lambda numbers: _min(numbers))
max = _reduced('max', lambda numbers: _max(numbers))
sum = _reduced('sum', lambda numbers: _sum(numbers))
mean = _reduced('mean', lambda numbers: _sum(numbers) / len(numbers))
argmax = _reduced('argmax', lambda numbers: numbers.index(_max(numbers)))
argmin = _reduced('argmin', lambda numbers: numbers.index(_min(numbers)))


@native
def argsort(values, axis=-1):
    numbers = _numbers(values)
    return from_flat(_sorted(range(len(numbers)), key=lambda at: numbers[at]), (len(numbers),), uint16)


@native
def sort(values, axis=-1):
    return from_flat(_sorted(_numbers(values)), values.shape)


def _each(function):
    @native
    def apply(values):
        if isinstance(values, Array):
            return from_flat([function(one) for one in _numbers(values)], values.shape)
        return function(values)

    return apply


exp = _each(_math.exp)
sqrt = _each(_math.sqrt)
log = _each(_math.log)
sin = _each(_math.sin)
cos = _each(_math.cos)
abs = _each(lambda value: _abs(value))


def __getattr__(name):
    return missing('ulab.numpy', name)
