// A short soft tone, made in the page. Off unless the moderator turns it on.
export function chime(): void {
    try {
        const audio = new AudioContext();
        const tone = audio.createOscillator();
        const volume = audio.createGain();
        tone.frequency.value = 528;
        volume.gain.setValueAtTime(0.0001, audio.currentTime);
        volume.gain.exponentialRampToValueAtTime(0.15, audio.currentTime + 0.05);
        volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + 0.6);
        tone.connect(volume).connect(audio.destination);
        tone.start();
        tone.stop(audio.currentTime + 0.65);
        tone.onended = () => void audio.close();
    } catch {
        // No sound on this device: the title and the announcement still say it.
    }
}
