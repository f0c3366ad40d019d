# KPU of MaixPy 0.5: kmodels on the simulated accelerator. Texts and types are those of Maix_kpu.c.
from _vhw import call, loads, missing, native
from json import dumps as _dumps


class kpu_net:
    def __init__(self, handle, address, path):
        self._handle = handle
        self._address = address
        self._path = path
        self._arg = None

    @native
    def model_addr(self):
        return self._address

    @native
    def model_path(self):
        return self._path

    @native
    def model_size(self):
        return call('kpu_model_bytes', self._handle)

    @native
    def net_arg(self):
        return self._arg

    def __repr__(self):
        return '{"model_addr": %d, "model_size": %d, "model_path": "%s", "net_args": %s}' % (
            self._address or 0,
            call('kpu_model_bytes', self._handle),
            self._path or '(null)',
            '"(null)"' if self._arg is None else repr(self._arg),
        )

    def __getattr__(self, name):
        return missing('kpu_net', name)


class kpu_fmap:
    """A view of one output of a task: the next forward of that task changes what it shows."""

    def __init__(self, task, output):
        self._task = task
        self._output = output
        self._info = loads(call('kpu_output', task, output))
        self._count = self._info['bytes'] // (4 if self._info['typecode'] == 'f' else 1)

    def _read(self, start, stop):
        values = loads(call('kpu_read', self._task, self._output, start, stop))
        return tuple([float(value) for value in values]) if self._info['typecode'] == 'f' else tuple(values)

    @native
    def __len__(self):
        return self._count

    @native
    def __getitem__(self, index):
        if isinstance(index, slice):
            if index.step not in (None, 1):
                raise OSError('only slices with step=1 (aka None) are supported')
            start, stop = _bounds(index, self._count)
            return self._read(start, stop)
        at = index + self._count if index < 0 else index
        if not 0 <= at < self._count:
            raise IndexError('kpu_fmap index out of range')
        return self._read(at, at + 1)[0]

    @native
    def __iter__(self):
        return iter(self._read(0, self._count))

    @native
    def size(self):
        return self._info['bytes']

    @native
    def index(self):
        return self._info['index']

    @native
    def w(self):
        return self._info['w']

    @native
    def h(self):
        return self._info['h']

    @native
    def ch(self):
        return self._info['ch']

    @native
    def typecode(self):
        return self._info['typecode']

    def __repr__(self):
        info = self._info
        return '{"fmap": "data"=0x80000000, "size"=%d, "index": %d, "w": %d, "h": %d, "ch": %d, "typecode": %s}' % (
            info['bytes'],
            info['index'],
            info['w'],
            info['h'],
            info['ch'],
            info['typecode'],
        )

    def __getattr__(self, name):
        return missing('kpu_fmap', name)


def _bounds(index, count):
    start = 0 if index.start is None else index.start
    stop = count if index.stop is None else index.stop
    start = max(start + count, 0) if start < 0 else min(start, count)
    stop = max(stop + count, 0) if stop < 0 else min(stop, count)
    return start, max(start, stop)


class kpu_netinfo_find:
    def __init__(self, info):
        self._info = info

    def __getattr__(self, name):
        if name[:1] == '_' or name not in self._info or name == 'name':
            return missing('kpu_netinfo_find', name)
        value = self._info[name]
        return lambda: value

    def __repr__(self):
        fields = ('wi', 'hi', 'wo', 'ho', 'chi', 'cho', 'dw', 'kernel_type', 'pool_type', 'para_size')
        rest = ', '.join(['"%s":%d' % (field, self._info[field]) for field in fields])
        return '{"index":%d, "type":%s, %s}' % (self._info['index'], self._info['name'], rest)


def _task(task):
    if not isinstance(task, kpu_net):
        raise TypeError('[MAIXPY]kpu: kpu_net type error')
    return task._handle


@native
def load(place):
    if isinstance(place, str):
        if not any([kind in place for kind in ('.kmodel', '.smodel', '.emodel')]):
            raise ValueError("[MAIXPY]kpu: model format don't match, only supply .kmodel ")
        return kpu_net(call('kpu_load_file', _absolute(place)), None, place)
    if not isinstance(place, int):
        raise TypeError('[MAIXPY]kpu: only accept int or string')
    if place <= 0:
        raise ValueError('[MAIXPY]kpu: model_addr must > 0 ')
    return kpu_net(call('kpu_load_flash', place), place, None)


def _absolute(path):
    import os

    return path if path[:1] == '/' else os.getcwd().rstrip('/') + '/' + path


@native
def forward(kpu_net, img, out_index=0, dma=-1):
    task = _task(kpu_net)
    if dma != -1:
        missing('KPU', 'forward(dma=)')
    if isinstance(img, list):
        if not img:
            raise ValueError('[MAIXPY]kpu: check input list format err!')
        call('kpu_forward_list', task, _dumps([float(value) for value in img]))
    elif hasattr(img, '_handle'):
        call('kpu_forward', task, img._handle)
    else:
        raise ValueError('input not support')
    return kpu_fmap(task, out_index)


@native
def get_output(task, index):
    return kpu_fmap(_task(task), index)


@native
def set_outputs(task, index, w, h, ch):
    info = loads(call('kpu_output', _task(task), index))
    elements = info['bytes'] // (4 if info['typecode'] == 'f' else 1)
    if w * h * ch != elements:
        print('[MAIXPY]kpu: set_outputs arg value error: w,c,ch size not match output size')
        return False
    return True


@native
def set_layers(task, count):
    layers = call('kpu_layer_count', _task(task))
    if count > layers:
        print('err: set layers_length to %d, but max %d' % (count, layers))
        return False
    if 0 < count < layers:
        missing('KPU', 'set_layers with fewer layers than the model has')
    return True


class kpu_yolo2:
    """What init_yolo2 has set."""

    def __init__(self, threshold, nms_value, anchors):
        self._threshold = threshold
        self._nms_value = nms_value
        self._anchors = anchors

    @native
    def threshold(self):
        return self._threshold

    @native
    def nms_value(self):
        return self._nms_value

    @native
    def anchor_number(self):
        return len(self._anchors) // 2

    @native
    def anchor(self):
        return self._anchors

    def _json(self):
        return _dumps({'threshold': self._threshold, 'nmsValue': self._nms_value, 'anchors': self._anchors})

    def __repr__(self):
        return '{"threshold":%f, "nms_value":%f, "anchor_number":%d, "anchor":"(%s)"}' % (
            self._threshold,
            self._nms_value,
            len(self._anchors) // 2,
            ', '.join(['%f' % value for value in self._anchors]),
        )

    def __getattr__(self, name):
        return missing('kpu_yolo2', name)


class kpu_yolo2_find:
    """One object that run_yolo2 found, in pixels of the network's input."""

    def __init__(self, found, index, count):
        self._found = found
        self._index = index
        self._count = count

    @native
    def rect(self):
        found = self._found
        return found['x'], found['y'], found['w'], found['h']

    @native
    def x(self):
        return self._found['x']

    @native
    def y(self):
        return self._found['y']

    @native
    def w(self):
        return self._found['w']

    @native
    def h(self):
        return self._found['h']

    @native
    def classid(self):
        return self._found['classId']

    @native
    def index(self):
        return self._index

    @native
    def value(self):
        return float(self._found['value'])

    @native
    def objnum(self):
        return self._count

    def __repr__(self):
        found = self._found
        return '{"x":%d, "y":%d, "w":%d, "h":%d, "value":%f, "classid":%d, "index":%d, "objnum":%d}' % (
            found['x'],
            found['y'],
            found['w'],
            found['h'],
            found['value'],
            found['classId'],
            self._index,
            self._count,
        )

    def __getattr__(self, name):
        return missing('kpu_yolo2_find', name)


@native
def init_yolo2(kpu_net, threshold, nms_value, anchor_number, anchor):
    _task(kpu_net)
    threshold, nms_value = float(threshold), float(nms_value)
    if not 0 <= threshold <= 1:
        raise ValueError('[MAIXPY]kpu: threshold only support 0 to 1')
    if not 0 <= nms_value <= 1:
        raise ValueError('[MAIXPY]kpu: nms_value only support 0 to 1')
    if anchor_number <= 0:
        raise ValueError('[MAIXPY]kpu: anchor_number should > 0')
    if not isinstance(anchor, (list, tuple)):
        raise TypeError("object '" + type(anchor).__name__ + "' isn't a tuple or list")
    if len(anchor) != 2 * anchor_number:
        raise ValueError('requested length %d but object has length %d' % (2 * anchor_number, len(anchor)))
    kpu_net._arg = kpu_yolo2(threshold, nms_value, tuple([float(value) for value in anchor]))
    return True


@native
def run_yolo2(kpu_net, img):
    task = _task(kpu_net)
    if not hasattr(img, '_handle'):
        raise TypeError('object type error')
    if kpu_net._arg is None:
        raise ValueError('run_yolo2 before init_yolo2: the board reads settings that nobody wrote')
    found = loads(call('kpu_run_yolo2', task, img._handle, kpu_net._arg._json()))
    return [kpu_yolo2_find(one, index, len(found)) for index, one in enumerate(found)] or None


@native
def netinfo(task):
    return [kpu_netinfo_find(info) for info in loads(call('kpu_netinfo', _task(task)))]


@native
def memtest():
    import gc

    print('###free gc heap memory : %d KB' % (gc.mem_free() // 1024))
    print('###free sys heap memory: %d KB' % (call('kpu_free_bytes') // 1024))


@native
def fmap_free(fmap):
    pass


@native
def deinit(task):
    call('kpu_free', _task(task))
    return True


def __getattr__(name):
    return missing('KPU', name)
