# tf of OpenMV 3.9 (src/omv/modules/py_tf.c): networks on the core, one interpreter a call.
from struct import unpack
import _images
from _vhw import call, loads, missing, native, not_modelled, unhex

_DATATYPES = {'float32': 'float', 'int8': 'int8', 'uint8': 'uint8'}


class tf_classification:
    def __init__(self, rectangle, output):
        self._parts = tuple(rectangle) + (output,)

    @native
    def rect(self):
        return self._parts[:4]

    @native
    def x(self):
        return self._parts[0]

    @native
    def y(self):
        return self._parts[1]

    @native
    def w(self):
        return self._parts[2]

    @native
    def h(self):
        return self._parts[3]

    @native
    def output(self):
        return self._parts[4]

    @native
    def __getitem__(self, index):
        return self._parts[index]

    def __repr__(self):
        return '{"x":%d, "y":%d, "w":%d, "h":%d, "output":%s}' % self._parts

    def __getattr__(self, name):
        return missing('tf_classification', name)


class tf_model:
    def __init__(self, handle):
        self._handle = handle
        self._facts = loads(call('tf_facts', handle))

    @native
    def classify(self, *args, **kwargs):
        return _classify(self, args, kwargs)

    @native
    def len(self):
        return self._facts['bytes']

    @native
    def height(self):
        return self._facts['height']

    @native
    def width(self):
        return self._facts['width']

    @native
    def channels(self):
        return self._facts['channels']

    @native
    def signed(self):
        return self._facts['dtype'] == 'int8'

    @native
    def is_float(self):
        return self._facts['dtype'] == 'float32'

    def __repr__(self):
        facts = self._facts
        return '{"len":%d, "height":%d, "width":%d, "channels":%d, "signed":%d, "is_float":%d}' % (
            facts['bytes'], facts['height'], facts['width'], facts['channels'], self.signed(), self.is_float())

    def __getattr__(self, name):
        return missing('tf_model', name)


def _argument(args, kwargs, index, name, default):
    return args[index] if len(args) > index else kwargs.pop(name, default)


def _classify(model, args, kwargs):
    if not args:
        raise TypeError('function missing required positional argument #1')
    image = args[0]
    if not isinstance(image, _images.Image):
        raise TypeError("can't convert " + type(image).__name__ + ' to image')
    roi = _argument(args, kwargs, 1, 'roi', None)
    scales = [float(_argument(args, kwargs, 2 + index, name, default)) for index, (name, default) in enumerate(
        (('min_scale', 1.0), ('scale_mul', 0.5), ('x_overlap', 0.0), ('y_overlap', 0.0)))]
    for name in kwargs:
        raise TypeError("unexpected keyword argument '" + name + "'")
    if roi is None:
        roi = (0, 0, image.width(), image.height())
    if len(roi) != 4:
        raise ValueError('requested length 4 but object has length %d' % len(roi))
    roi = [_images.whole(part) for part in roi]
    windows = loads(call('tf_windows', image._handle, *(roi + scales)))
    return [tf_classification(window, _output(model, image, window)) for window in windows]


def _output(model, image, window):
    data = unhex(call('tf_classify', model._handle, image._handle, *window))
    return list(unpack('<%df' % (len(data) // 4), data))


@native
def load(path, load_to_fb=False):
    if not isinstance(path, str):
        raise TypeError("can't convert '" + type(path).__name__ + "' object to str implicitly")
    return tf_model(call('tf_load', path, bool(load_to_fb)))


@native
def load_builtin_model(path):
    # No function of 3.9: firmwares that are built with networks of one's own have it.
    text = "tf.load_builtin_model('{0}'): OpenMV 3.9 has no such function, and no such network; give it with --file {0}.tflite=FILE and use tf.load('{0}.tflite')"
    not_modelled(text.format(path))


@native
def free_from_fb():
    call('tf_free_from_fb')


@native
def classify(net, *args, **kwargs):
    # A path is loaded for this call alone, into the frame buffer.
    if isinstance(net, str):
        handle = call('tf_load', net, True)
        try:
            return _classify(tf_model(handle), args, kwargs)
        finally:
            call('tf_free', handle)
    return _classify(net, args, kwargs)


def __getattr__(name):
    return missing('tf', name)
