# openmv-h7-plus
import image
i = image.Image(80, 60, image.GRAYSCALE)
i.draw_line(0, 0, 3 * 10**8, 3)
