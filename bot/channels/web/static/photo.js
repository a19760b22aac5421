// Sends a picture of a QR code: made smaller here, read by the server at once, and kept by nobody.

const LARGEST_FILE = 30e6;
const LARGEST_SIDE = 2400;
const SMALL_ENOUGH = 1.5e6;
const PHOTO_LIMIT = 30000;

function watchPhotos(words, view, submit) {
  const button = document.getElementById('photo');
  const input = document.getElementById('photo-file');

  // A browser that cannot open the picture sends it as it is; the server says what is wrong with it.
  async function smaller(file) {
    try {
      const image = await createImageBitmap(file);
      const scale = Math.min(1, LARGEST_SIDE / Math.max(image.width, image.height));
      if (scale === 1 && file.size < SMALL_ENOUGH) return file;
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(image.width * scale));
      canvas.height = Math.max(1, Math.round(image.height * scale));
      canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
      return (await new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.9))) ?? file;
    } catch {
      return file;
    }
  }

  async function read(file) {
    const picture = await smaller(file);
    const answer = await fetch('/api/v1/qr', {
      method: 'POST', headers: { 'Content-Type': picture.type }, body: picture,
      credentials: 'same-origin', cache: 'no-store', signal: AbortSignal.timeout(PHOTO_LIMIT),
    });
    const said = await answer.json();
    if (said.code) submit({ text: said.code });
    else view.note(said.message ?? said.error?.message ?? words.photo_failed);
  }

  button.addEventListener('click', () => input.click());
  input.addEventListener('change', async () => {
    const [file] = input.files;
    input.value = '';
    if (!file) return;
    if (file.size > LARGEST_FILE) { view.note(words.photo_large); return; }
    button.disabled = true;
    view.typing(true, words.photo_reading);
    try {
      await read(file);
    } catch {
      view.note(words.photo_failed);
    }
    view.typing(false);
    button.disabled = false;
  });
}
