# A round of the soak: camera, picture, network, pins and a file once.
import sensor
import KPU as kpu
import utime
from Maix import GPIO
from board import board_info
from fpioa_manager import fm

fm.register(board_info.LED_R, fm.fpioa.GPIO0)
led_r = GPIO(GPIO.GPIO0, GPIO.OUT)

sensor.reset()
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.set_framesize(sensor.QVGA)
sensor.set_windowing((224, 224))
sensor.run(1)

task = kpu.load(0x300000)
img2 = sensor.snapshot().resize(14, 14)
img2.pix_to_ai()
led_r.value(1)
fmap = kpu.forward(task, img2)
led_r.value(0)
with open("out.txt", "w") as out:
    out.write(str(fmap[:]))
kpu.deinit(task)
print("done")
