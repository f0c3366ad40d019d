# ml of OpenMV 4.6 (src/omv/modules/py_ml.c): networks with an interpreter that is kept.
from json import dumps
from struct import unpack
from _vhw import call, loads, missing, native, unhex
import _images
from _numpy import Array, from_flat, _size


class Model:
    @native
    def __init__(self, path, load_to_fb=False, postprocess=None):
        if not isinstance(path, str):
            raise TypeError("can't convert '" + type(path).__name__ + "' object to str implicitly")
        self._handle = call('ml_load', path, bool(load_to_fb))
        facts = loads(call('ml_facts', self._handle))
        self.len = facts['bytes']
        self.ram = facts['arenaBytes']
        for side in ('input', 'output'):
            tensors = facts[side + 's']
            setattr(self, side + '_shape', tuple(tuple(shape) for shape in tensors['shapes']))
            setattr(self, side + '_dtype', tuple(tensors['letters']))
            setattr(self, side + '_scale', tuple(float(scale) for scale in tensors['scales']))
            setattr(self, side + '_zero_point', tuple(tensors['zeroPoints']))
        self.labels = _labels_of(path)
        self._postprocess = postprocess

    @native
    def predict(self, inputs, callback=None):
        if not isinstance(inputs, list):
            raise ValueError('Unsupported input type. Expected a list')
        given = [_input_of(value) for value in inputs]
        # Before they are written down: an array may be far larger than any network's input.
        if len(given) != len(self.input_shape):
            raise ValueError('Unexpected number of inputs')
        for one, shape in zip(given, self.input_shape):
            if 'values' in one and len(one['values']) != _size(shape):
                raise ValueError('Input shape does not match the model input shape')
        shapes = self.output_shape
        outputs = []
        for shape, data in zip(shapes, loads(call('ml_predict', self._handle, dumps(given)))):
            data = unhex(data)
            outputs.append(from_flat(list(unpack('<%df' % (len(data) // 4), data)), shape))
        callback = callback or self._postprocess
        return outputs if callback is None else callback(self, inputs, outputs)

    def __repr__(self):
        return '{ model_size: %d, ram_size: %d, input_shape: %s, input_dtype: %s, output_shape: %s, output_dtype: %s }' % (
            self.len, self.ram, self.input_shape, self.input_dtype, self.output_shape, self.output_dtype)

    def __getattr__(self, name):
        return missing('ml.Model', name)


def _labels_of(path):
    # One a line, in a file beside the model.
    try:
        with open(path.rsplit('.', 1)[0] + '.txt') as lines:
            return [line.rstrip('\n') for line in lines]
    except OSError:
        return None


def _input_of(value):
    if isinstance(value, Normalization):
        value = value._image
    if isinstance(value, _images.Image):
        return {'image': value._handle}
    if isinstance(value, Array):
        return {'values': value._flat}
    raise ValueError('Unsupported input type')


class Normalization:
    # An image on its way into a network; other scales than that of its bytes are not modelled.
    @native
    def __init__(self, scale=(0.0, 1.0), mean=(0.0, 0.0, 0.0), stdev=(1.0, 1.0, 1.0)):
        if (tuple(scale), tuple(mean), tuple(stdev)) != ((0.0, 1.0), (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)):
            missing('ml', 'Normalization() with other values than its own')
        self._image = None

    @native
    def __call__(self, image, roi=None):
        if roi is not None:
            missing('ml', 'Normalization()(roi=)')
        made = Normalization()
        made._image = image
        return made


@native
def Image(image, *args, **kwargs):
    return Normalization(*args, **kwargs)(image)


def __getattr__(name):
    return missing('ml', name)
