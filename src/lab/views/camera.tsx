import { useEffect, useRef, useState } from 'preact/hooks';
import { notice } from '../state/lab-store.ts';
import { showPicture } from '../state/pad-ink.ts';

const WHY: Readonly<Record<string, string>> = {
  NotAllowedError: 'the browser was not allowed to use it; allow it beside the address, or in the settings',
  NotFoundError: 'this computer has none',
  NotReadableError: 'another program uses it; close that one',
};

/** A stream of the camera. Rejects with one line that says what to do where there is none. */
async function openCamera(): Promise<MediaStream> {
  // Browsers have it on pages of this computer and of https alone.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (!devices) {
    throw new Error(
      'Camera: none for this page; open it from https, localhost or a file, or take a picture file.',
    );
  }
  try {
    return await devices.getUserMedia({ video: { facingMode: 'environment' } });
  } catch (error) {
    const { name, message } = error as Error;
    throw new Error(`Camera: ${WHY[name] ?? message}. A picture file goes as well.`, { cause: error });
  }
}

const stop = (stream: MediaStream | undefined) => stream?.getTracks().forEach((track) => track.stop());

async function takePicture(video: HTMLVideoElement): Promise<void> {
  // The square in the middle, as the network sees squares.
  const side = Math.min(video.videoWidth, video.videoHeight);
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = side;
  const [left, top] = [(video.videoWidth - side) / 2, (video.videoHeight - side) / 2];
  canvas.getContext('2d')!.drawImage(video, left, top, side, side, 0, 0, side, side);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve));
  if (blob) await showPicture(blob, 'camera.png');
}

/** A camera that is asked for by a click only, shown until a picture is taken; nothing leaves this computer. */
export function Camera() {
  const [stream, setStream] = useState<MediaStream | undefined>(undefined);
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current && stream) video.current.srcObject = stream;
    return () => stop(stream);
  }, [stream]);
  const open = async () => {
    try {
      setStream(await openCamera());
    } catch (error) {
      notice.value = (error as Error).message;
    }
  };
  const take = async () => {
    if (video.current && video.current.videoWidth > 0) await takePicture(video.current);
    setStream(undefined);
  };
  if (!stream) {
    return (
      <button type="button" onClick={() => void open()}>
        Camera
      </button>
    );
  }
  return (
    <div class="camera">
      <video ref={video} autoPlay muted playsInline aria-label="What the camera sees" />
      <button type="button" onClick={() => void take()}>
        Take
      </button>
      <button type="button" onClick={() => setStream(undefined)}>
        Stop
      </button>
    </div>
  );
}
