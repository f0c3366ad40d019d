# A round of the soak: camera, picture, network, pins and a file once.
import KPU, sensor
from board import board_info
from fpioa_manager import fm
from Maix import GPIO

sensor.reset()
sensor.set_framesize(sensor.QVGA)
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.run(1)
picture = sensor.snapshot().resize(14, 14)
picture.pix_to_ai()

fm.register(board_info.LED_R, fm.fpioa.GPIO0)
pin = GPIO(GPIO.GPIO0, GPIO.OUT)
network = KPU.load(0x300000)
pin.value(1)
scores = KPU.forward(network, picture)[:]
pin.value(0)
KPU.deinit(network)
with open("out.txt", "w") as out:
    out.write(str(scores))
print("done")
