# Images that hold a JPEG in place of pixels, as py_image.c of OpenMV 3.9 makes them.
from _vhw import call, missing, native, unhex
from _filters import Filters
from _images import Args, RGB565, make, whole
from _painting import text_of


class Compressible(Filters):
    def _is_jpeg(self):
        return call('image_is_jpeg', self._handle)

    def _quality(self, name, args, kwargs):
        args = Args(name, args, kwargs)
        quality = whole(args.next('quality', 50))
        args.done()
        return quality

    @native
    def compress(self, *args, **kwargs):
        if not self._is_jpeg():
            call('image_compress', self._handle, self._quality('compress', args, kwargs))
        return self

    @native
    def compressed(self, *args, **kwargs):
        if self._is_jpeg():
            return self._of(make('image_copy_jpeg', self._handle))
        return self._of(make('image_compressed', self._handle, self._quality('compressed', args, kwargs)))

    @native
    def size(self):
        return call('image_jpeg_bytes', self._handle) if self._is_jpeg() else Filters.size(self)

    @native
    def save(self, path, *args, **kwargs):
        if not self._is_jpeg():
            return Filters.save(self, path, *args, **kwargs)
        call('image_save_jpeg', self._handle, text_of(path))
        return self

    def _buffer(self):
        if not self._is_jpeg() and call('image_format', self._handle) == RGB565:
            missing('image.Image', 'the bytes of an RGB565 image')
        return unhex(call('image_buffer', self._handle))

    def __repr__(self):
        if not self._is_jpeg():
            return Filters.__repr__(self)
        return '{"w":%d, "h":%d, "type":"jpeg", "size":%d}' % (self.width(), self.height(), self.size())
