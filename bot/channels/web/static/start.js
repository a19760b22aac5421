// Brings the parts together: keyboard, buttons, and coming back online.

const LONGEST_TEXT = 60000;
const DOUBLE_TAP = 600;
const words = JSON.parse(document.getElementById('words').textContent);
const say = document.getElementById('say');
const view = makeView(words, (choice) => press({ choice: choice.id, title: choice.title }));
const wire = makeWire(words, view);
let lastPress = -DOUBLE_TAP;

// On a phone the keyboard must neither jump up nor go away by itself.
const finePointer = () => matchMedia('(hover: hover) and (pointer: fine)').matches;

function submit(content) {
  wire.send(content);
  if (finePointer()) say.focus();
}

// The second tap of a double tap is not a second message, not even when the page has moved another button under it.
function press(content) {
  const now = performance.now();
  if (now - lastPress < DOUBLE_TAP) return;
  lastPress = now;
  submit(content);
}

function grow() {
  say.style.height = 'auto';
  say.style.height = `${Math.min(say.scrollHeight + 2, innerHeight * 0.3)}px`;
}

function sendTyped() {
  const text = say.value.trim();
  if (!text) { say.focus(); return; }
  if (text.length > LONGEST_TEXT) { view.network(words.too_long); return; }
  say.value = '';
  grow();
  submit({ text });
}

document.getElementById('composer').addEventListener('submit', (event) => { event.preventDefault(); sendTyped(); });
say.addEventListener('input', grow);
say.addEventListener('keydown', (event) => {
  // While Telex or another input method composes a letter, Enter belongs to it (229: older browsers).
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  if (!event.repeat) sendTyped();
});
// Pressing the button does not take the focus from the input, so that a phone keeps its keyboard.
document.getElementById('send').addEventListener('pointerdown', (event) => event.preventDefault());
for (const example of document.querySelectorAll('.examples button')) {
  example.addEventListener('click', () => press({ text: example.textContent }));
}
document.getElementById('fresh').addEventListener('click', () => {
  wire.fresh();
  view.note(words.new_started);
  if (finePointer()) say.focus();
});
addEventListener('online', () => wire.wake());
addEventListener('offline', () => view.network(words.offline));
document.addEventListener('visibilitychange', () => {
  if (document.hidden) { wire.unfollow(); return; }
  wire.wake();
  wire.refresh();
  wire.follow();
});
addEventListener('focus', () => wire.refresh());

// What was being written is not lost when the page comes again in the other language.
document.getElementById('language').addEventListener('click', () => memory.draft(say.value));
say.value = memory.draft('');

// A conversation that has begun goes on in the language that was chosen; a new one begins in that of the page.
function speakChosen() {
  const asked = new URLSearchParams(location.search);
  const language = asked.get('lang');
  if (!language) return;
  asked.delete('lang');
  history.replaceState(null, '', location.pathname + (asked.size ? `?${asked}` : ''));
  if (language === document.documentElement.lang && view.begun()) {
    submit({ choice: `do:language:${language}`, title: words.language });
  }
}

// A QR code at the counter opens the page with a procedure's code; it is asked once, not at every reload.
function openAsked() {
  const code = new URLSearchParams(location.search).get('tt');
  if (!code) return;
  history.replaceState(null, '', location.pathname);
  if (/^[0-9A-Za-z.]{5,40}$/.test(code)) submit({ choice: `tt:${code}`, title: code });
}

watchReadiness(words);
watchPhotos(words, view, submit);
watchFiles(words, view, submit);
wire.restore().then(() => { speakChosen(); openAsked(); });
if (say.value) grow();
if (finePointer()) say.focus();
