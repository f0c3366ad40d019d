# openmv-4.6
import sensor, image
sensor.reset()
sensor.set_pixformat(sensor.GRAYSCALE)
sensor.set_framesize(sensor.QQVGA)
i = sensor.snapshot()
i.draw_image(image.Image(8, 8, image.GRAYSCALE), 3, 4, x_scale=0.5, y_scale=2**31)
