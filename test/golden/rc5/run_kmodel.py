"""Runs the kmodels of this folder from their bytes, written after docs/hardware/k210.md alone: integers of any length for the
KPU and the quantized layers, float32 rounded once for each operation of the core as MaixPy's library does it.

python3 run_kmodel.py > outputs.json
"""
import json, math, os, struct, sys, zlib
from fractions import Fraction

LINE = 64


def f32(x):
    return struct.unpack("<f", struct.pack("<f", x))[0]


def fma(a, b, c):
    """a * b + c, exact and then rounded once to float32."""
    exact = Fraction(a) * Fraction(b) + Fraction(c)
    if exact == 0:
        return 0.0
    sign = -1 if exact < 0 else 1
    exact = abs(exact)
    exponent = math.floor(math.log2(exact))
    while Fraction(2) ** (exponent + 1) <= exact:
        exponent += 1
    while Fraction(2) ** exponent > exact:
        exponent -= 1
    unit = Fraction(2) ** (max(exponent, -126) - 23)
    return sign * float(round(exact / unit) * unit)


def signed(value, bits):
    return value - (1 << bits) if value >> (bits - 1) else value


def field(word, low, high):
    return (word >> low) & ((1 << (high - low + 1)) - 1)


def carry(value, shift):
    """value / 2^shift: the floor, a step away from zero where the rest is a half or more."""
    if shift == 0:
        return value
    floor, rest = value >> shift, value & ((1 << shift) - 1)
    if rest >= 1 << (shift - 1):
        return floor + (-1 if value < 0 else 1)
    return floor


def byte(value):
    return max(0, min(255, value))


class Machine:
    def __init__(self, data, pattern):
        self.data, self.pattern = data, pattern
        head = struct.unpack_from("<7I", data, 0)
        _, self.flags, _, layers, _, main, outputs = head
        self.main = bytearray(main + 64)
        self.kpu = {}
        at = 28
        self.outputs = [struct.unpack_from("<2I", data, at + 8 * i) for i in range(outputs)]
        at += 8 * outputs
        heads = [struct.unpack_from("<2I", data, at + 8 * i) for i in range(layers)]
        at += 8 * layers
        self.bodies = []
        for kind, size in heads:
            self.bodies.append((kind, at))
            at += size

    def u32s(self, at, count):
        return struct.unpack_from("<%dI" % count, self.data, at)

    def floats(self, address, count):
        return list(struct.unpack_from("<%df" % count, self.main, address))

    def put_floats(self, address, values):
        struct.pack_into("<%df" % len(values), self.main, address, *values)

    def draw(self, count):
        return [(31 * i * i + 17 * i + 5) % 256 for i in range(count)]

    def run(self):
        for index, (kind, at) in enumerate(self.bodies):
            if index == 0:
                self.feed(kind, at)
            LAYERS[kind](self, at)
        return [self.floats(address, size // 4) for address, size in self.outputs]

    def feed(self, kind, at):
        if kind == 10240:
            words = self.words(at)
            count = (field(words[3], 0, 9) + 1) * (field(words[3], 10, 18) + 1) * (field(words[2], 0, 9) + 1)
            self.kpu[field(words[1], 0, 14)] = self.draw(count)
            return
        address = self.u32s(at + 4, 1)[0]
        if kind in (10241, 10243):
            count = self.u32s(at + 12, 1)[0] if kind == 10241 else math.prod(self.u32s(at + 12, 3))
            self.main[address:address + count] = bytes(self.draw(count))
        else:
            count = self.u32s(at + 12, 1)[0]
            self.put_floats(address, [f32(v / 255) for v in self.draw(count)])

    def words(self, at):
        offset = self.u32s(at + 8, 1)[0]
        return struct.unpack_from("<12Q", self.data, offset)

    def conv(self, at):
        flags, main_out, _, weights_at, bn_at, act_at = self.u32s(at, 6)
        w = self.words(at)
        c_in, c_out = field(w[2], 0, 9) + 1, field(w[2], 32, 41) + 1
        width, height = field(w[3], 0, 9) + 1, field(w[3], 10, 18) + 1
        k = 3 if field(w[4], 0, 2) else 1
        pool, pad = field(w[4], 4, 7), field(w[4], 24, 31)
        depthwise = field(w[0], 3, 3)
        shr_w, shr_x = field(w[9], 0, 3), field(w[9], 4, 7)
        arg_w, arg_x = signed(field(w[9], 8, 31), 24), signed(field(w[9], 32, 55), 24)
        arg_add = signed(field(w[10], 0, 39), 40)
        maps = self.kpu[field(w[1], 0, 14)]
        area = width * height
        table = self.activation(act_at)
        reach = k // 2
        padded_w = width + 2 * reach
        planes = []
        for c in range(c_in):
            plane = [pad] * (padded_w * (height + 2 * reach))
            for y in range(height):
                start = (y + reach) * padded_w + reach
                plane[start:start + width] = maps[c * area + y * width:c * area + (y + 1) * width]
            planes.append(plane)
        result = []
        for o in range(c_out):
            bn = struct.unpack_from("<Q", self.data, bn_at + 8 * o)[0]
            mul, add, shift = signed(field(bn, 0, 23), 24), signed(field(bn, 24, 55), 32), field(bn, 56, 59)
            sources = [o] if depthwise else range(c_in)
            first = weights_at + (o if depthwise else o * c_in) * k * k
            kernels = [self.data[first + i * k * k:first + (i + 1) * k * k] for i in range(len(sources))]
            sum_w = sum(sum(kernel) for kernel in kernels)
            fixed = ((arg_w * sum_w) >> shr_w) + arg_add * len(sources)
            out = []
            for y in range(height):
                for x in range(width):
                    total, sum_x = 0, 0
                    for source, kernel in zip(sources, kernels):
                        plane = planes[source]
                        for ky in range(k):
                            row = (y + ky) * padded_w + x
                            for kx in range(k):
                                value = plane[row + kx]
                                total += value * kernel[ky * k + kx]
                                sum_x += value
                    acc = total + ((arg_x * sum_x) >> shr_x) + fixed
                    out.append(activate(table, ((acc * mul) >> shift) + add))
            result += POOLS[pool](out, width, height)
        self.kpu[field(w[1], 32, 46)] = result
        if flags & 1:
            self.main[main_out:main_out + len(result)] = bytes(result)

    def activation(self, at):
        table = []
        for i in range(16):
            word = struct.unpack_from("<Q", self.data, at + 8 * i)[0]
            table.append((signed(field(word, 24, 59), 36), signed(field(word, 8, 23), 16), field(word, 0, 7), self.data[at + 128 + i]))
        return table

    def quantized_add(self, at):
        _, a, b, out, count = self.u32s(at, 5)
        off_a, mul_a, sh_a, off_b, mul_b, sh_b, off_o, mul_o, sh_o = struct.unpack_from("<9i", self.data, at + 20)
        for i in range(count):
            left, right = (self.main[a + i] + off_a) * mul_a, (self.main[b + i] + off_b) * mul_b
            value = (left + right) >> sh_a if sh_a == sh_b else (left >> sh_a) + (right >> sh_b)
            self.main[out + i] = byte(carry(value * mul_o, sh_o) + off_o)

    def windows(self, at):
        _, src, out, iw, ih, _, ow, oh, oc, kw, kh, sw, sh, pw, ph = self.u32s(at, 15)
        for c in range(oc):
            for y in range(oh):
                for x in range(ow):
                    rows = range(max(0, y * sh - ph), min(ih, y * sh - ph + kh))
                    columns = range(max(0, x * sw - pw), min(iw, x * sw - pw + kw))
                    yield src, out, (c * oh + y) * ow + x, [(c * ih + py) * iw + px for py in rows for px in columns]

    def max_pool(self, at):
        for src, out, position, taps in self.windows(at):
            self.main[out + position] = max([0] + [self.main[src + tap] for tap in taps])

    def average_pool(self, at):
        for src, out, position, taps in self.windows(at):
            total = 0.0
            for tap in taps:
                total = f32(total + self.floats(src + 4 * tap, 1)[0])
            self.put_floats(out + 4 * position, [f32(total / len(taps))])

    def requantize(self, at):
        _, src, out, count = self.u32s(at, 4)
        for i in range(count):
            self.main[out + i] = self.data[at + 16 + self.main[src + i]]

    def concat(self, at):
        _, out, count = self.u32s(at, 3)
        for i in range(count):
            start, size = self.u32s(at + 12 + 8 * i, 2)
            self.main[out:out + size] = self.main[start:start + size]
            out += size

    def resize(self, at, size=1):
        _, src, out, iw, ih, c, ow, oh, _ = self.u32s(at, 9)
        scale_h, scale_w = f32(ih / oh), f32(iw / ow)
        for channel in range(c):
            for y in range(oh):
                from_y = min(math.floor(f32(y * scale_h)), ih - 1)
                for x in range(ow):
                    tap = src + size * ((channel * ih + from_y) * iw + min(math.floor(f32(x * scale_w)), iw - 1))
                    to = out + size * ((channel * oh + y) * ow + x)
                    self.main[to:to + size] = self.main[tap:tap + size]

    def quantize(self, at):
        _, src, out, count = self.u32s(at, 4)
        scale, bias = struct.unpack_from("<2f", self.data, at + 16)
        factor = f32(1 / scale)
        for i, value in enumerate(self.floats(src, count)):
            scaled = f32(f32(value - bias) * factor)
            self.main[out + i] = byte(math.floor(abs(scaled) + 0.5) * (-1 if scaled < 0 else 1))

    def dequantize(self, at):
        _, src, out, count = self.u32s(at, 4)
        scale, bias = struct.unpack_from("<2f", self.data, at + 16)
        table = [fma(value, scale, bias) for value in range(256)]
        self.put_floats(out, [table[value] for value in self.main[src:src + count]])

    def dense(self, at):
        _, src, out, inputs, outputs, _ = self.u32s(at, 6)
        values = self.floats(src, inputs)
        weights = struct.unpack_from("<%df" % (inputs * outputs), self.data, at + 24)
        bias = struct.unpack_from("<%df" % outputs, self.data, at + 24 + 4 * inputs * outputs)
        sums = []
        for o in range(outputs):
            row = weights[o * inputs:(o + 1) * inputs]
            total = 0.0
            if inputs % 8 == 0:
                for i in range(0, inputs, 8):
                    pair = fma(values[i], row[i], f32(values[i + 1] * row[i + 1]))
                    total = f32(total + pair)
                    for k in range(2, 8):
                        total = fma(values[i + k], row[i + k], total)
            else:
                for i in range(inputs):
                    total = fma(values[i], row[i], total)
            sums.append(f32(total + bias[o]))
        self.put_floats(out, sums)

    def flatten(self, at):
        _, src, out, w, h, c = self.u32s(at, 6)
        values = self.floats(src, w * h * c)
        self.put_floats(out, [values[channel * w * h + pixel] for pixel in range(w * h) for channel in range(c)])

    def mean(self, at):
        _, src, out, size, channels = self.u32s(at, 5)
        factor = f32(1 / size)
        for c in range(channels):
            total = 0.0
            for value in self.floats(src + 4 * c * size, size):
                total = f32(total + value)
            self.put_floats(out + 4 * c, [f32(total * factor)])

    def softmax(self, at):
        _, src, out, channels = self.u32s(at, 4)
        values = self.floats(src, channels)
        most = max([2.0 ** -126] + values)
        powers = [f32(math.exp(f32(value - most))) for value in values]
        total = 0.0
        for power in powers:
            total = f32(total + power)
        factor = f32(1 / total)
        self.put_floats(out, [f32(power * factor) for power in powers])

    def logistic(self, at):
        _, src, out, channels = self.u32s(at, 4)
        self.put_floats(out, [f32(1 / f32(1 + f32(math.exp(-value)))) for value in self.floats(src, channels)])

    def upload(self, at):
        _, src, line, w, h, c = self.u32s(at, 6)
        self.kpu[line] = list(self.main[src:src + w * h * c])

    def add_padding(self, at):
        _, src, line, channels = self.u32s(at, 4)
        self.kpu[line] = [value for c in range(channels) for value in [self.main[src + c]] + [0] * 15]

    def remove_padding(self, at):
        _, src, out, channels = self.u32s(at, 4)
        for c in range(channels):
            self.main[out + c] = self.main[src + 16 * c]


def activate(table, value):
    segment = max(i for i in range(16) if table[i][0] <= value)
    start, mul, shift, bias = table[segment]
    return byte(carry((value - start) * mul, shift) + bias)


def pooled(size, stride, reduce):
    def pool(values, width, height):
        return [
            reduce([values[y * stride * width + x * stride + dy * width + dx]
                    for dy in range(size) for dx in range(size)
                    if y * stride + dy < height and x * stride + dx < width])
            for y in range(height // stride) for x in range(width // stride)
        ]
    return pool


POOLS = {
    0: lambda values, width, height: values,
    1: pooled(2, 2, max),
    2: pooled(2, 2, lambda taps: sum(taps) // 4),
    3: pooled(4, 4, max),
    4: pooled(4, 4, lambda taps: sum(taps) // 16),
    5: pooled(2, 2, lambda taps: taps[0]),
    9: pooled(2, 1, max),
}


def mean_of_edges(values, width, height):
    at = lambda y, x: values[min(y, height - 1) * width + min(x, width - 1)]
    return [(at(y, x) + at(y, x + 1) + at(y + 1, x) + at(y + 1, x + 1)) // 4 for y in range(height) for x in range(width)]


POOLS[8] = mean_of_edges


def no_handler(machine, at):
    raise NotImplementedError("no handler")


LAYERS = {
    1: lambda m, at: add_floats(m, at), 2: Machine.quantized_add, 5: Machine.mean, 7: no_handler, 8: Machine.max_pool,
    9: Machine.average_pool, 11: Machine.quantize, 12: Machine.dequantize, 13: Machine.requantize, 15: Machine.softmax,
    16: Machine.concat, 17: Machine.concat, 18: Machine.dense, 20: Machine.flatten, 23: Machine.resize,
    22: lambda m, at: m.resize(at, 4), 25: Machine.logistic, 10240: Machine.conv, 10241: Machine.add_padding,
    10242: Machine.remove_padding, 10243: Machine.upload,
}


def add_floats(machine, at):
    _, a, b, out, count = machine.u32s(at, 5)
    sums = [f32(x + y) for x, y in zip(machine.floats(a, count), machine.floats(b, count))]
    machine.put_floats(out, sums)


def main(folder):
    found = {}
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".kmodel"):
            continue
        machine = Machine(open(os.path.join(folder, name), "rb").read(), "square")
        try:
            outputs = machine.run()
        except NotImplementedError:
            continue
        found[name[:-7]] = [
            {"count": len(values), "crc32": "%08x" % zlib.crc32(struct.pack("<%df" % len(values), *values)),
             "first": [float("%.9g" % value) for value in values[:6]]}
            for values in outputs
        ]
    json.dump(found, sys.stdout, indent=1)


main(os.path.dirname(os.path.abspath(__file__)))
