# The measuring loop of the paper's section 3.2, from the public API: `inferscope reproduce` runs it.
import sensor
import tf
from pyb import Pin

pin1 = Pin('P1', Pin.OUT_PP)
sensor.reset()
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.set_framesize(sensor.QQVGA)
sensor.set_windowing((112, 112))
sensor.skip_frames(10)
net = tf.load('model.tflite')
while True:
    graytmp = sensor.snapshot()
    pin1.value(1)
    out = net.classify(graytmp)
    pin1.value(0)
