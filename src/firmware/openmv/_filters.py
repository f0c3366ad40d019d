# Filters of an image where it lies, as py_image.c of OpenMV 3.9 reads their arguments.
from _vhw import call, missing, native
import _images
from _images import Args, whole


def _require(holds, message):
    if not holds:
        raise OSError(message)


def _reach(size):
    size = whole(size)
    _require(size >= 0, 'KernelSize must be >= 0!')
    return size


class Filters(_images.Image):
    @native
    def lens_corr(self, *args, **kwargs):
        args = Args('lens_corr', args, kwargs)
        width, height = self._all()[2:]
        _require(width % 2 == 0, 'Width must be even!')
        _require(height % 2 == 0, 'Height must be even!')
        strength = float(args.next('strength', 1.8))
        _require(strength > 0, 'Strength must be > 0!')
        zoom = float(args.next('zoom', 1.0))
        _require(zoom > 0, 'Zoom must be > 0!')
        x_corr, y_corr = float(args.next('x_corr', 0.0)), float(args.next('y_corr', 0.0))
        args.done()
        call('image_lens_corr', self._handle, strength, zoom, x_corr, y_corr)
        return self

    @native
    def gamma_corr(self, *args, **kwargs):
        args = Args('gamma_corr', args, kwargs)
        gamma = float(args.next('gamma', 1.0))
        contrast = float(args.next('contrast', 1.0))
        brightness = float(args.next('brightness', 0.0))
        args.done()
        call('image_gamma_corr', self._handle, gamma, contrast, brightness)
        return self

    @native
    def midpoint(self, size, *args, **kwargs):
        args = Args('midpoint', args, kwargs)
        bias = float(args.next('bias', 0.5))
        _require(0 <= bias <= 1, 'Error: 0 <= bias <= 1!')
        args.done()
        call('image_midpoint', self._handle, _reach(size), bias)
        return self

    def _weighted(self, name, switch, size, args, kwargs):
        args = Args(name, args, kwargs)
        switched = bool(args.next(switch, False))
        factor = float(args.next('mul', 0))
        offset = float(args.next('add', 0.0))
        args.done()
        call('image_' + name, self._handle, _reach(size), switched, factor, offset)
        return self

    @native
    def gaussian(self, size, *args, **kwargs):
        return self._weighted('gaussian', 'unsharp', size, args, kwargs)

    blur = gaussian_blur = gaussian

    @native
    def laplacian(self, size, *args, **kwargs):
        return self._weighted('laplacian', 'sharpen', size, args, kwargs)

    def _counted(self, name, size, standard, args, kwargs):
        args = Args(name, args, kwargs)
        threshold = whole(args.next('threshold', standard))
        args.done()
        call('image_' + name, self._handle, size, threshold)
        return self

    @native
    def erode(self, size, *args, **kwargs):
        size = _reach(size)
        return self._counted('erode', size, (2 * size + 1) ** 2 - 1, args, kwargs)

    @native
    def dilate(self, size, *args, **kwargs):
        return self._counted('dilate', _reach(size), 0, args, kwargs)

    @native
    def histeq(self, *args, **kwargs):
        args = Args('histeq', args, kwargs)
        adaptive = args.next('adaptive', False)
        args.next('clip_limit', -1)
        args.done()
        if adaptive:
            missing('image.Image', 'histeq(adaptive=True)')
        call('image_histeq', self._handle)
        return self
