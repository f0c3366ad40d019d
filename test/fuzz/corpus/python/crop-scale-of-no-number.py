import image
image.Image(8, 8, image.GRAYSCALE).crop(roi=(1, 2, 5, 4), x_scale={})
