# openmv-h7-plus
import image
image.Image(8, 8, image.GRAYSCALE).save(3)
