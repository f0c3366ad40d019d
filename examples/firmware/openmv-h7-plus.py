# Measures one inference with a pin, as on the bench: high while the network runs. Prints the digit between two pulses.
#
#   inferscope exec examples/firmware/openmv-h7-plus.py --board openmv-h7-plus --file model.tflite=paper:8 \
#     --camera mnist:test --pulses 20 --scope
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
    scores = out[0].output()
    print(scores.index(max(scores)))
