// Line icons, drawn in the page so that no request is needed. Always beside words, so hidden from screen readers.
const paths = {
    help: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M9.500 9.500a2.500 2.500 0 1 1 3.600 2.200c-.8.4-1.100 1-1.100 1.800M12 17h.01',
    exit: 'M14 4h5v16h-5M4 12h11M11 8l4 4-4 4',
    close: 'M6 6l12 12M18 6L6 18',
    more: 'M6 12h.01M12 12h.01M18 12h.01',
    reply: 'M9 7l-5 5 5 5M4 12h10a6 6 0 0 1 6 6',
    send: 'M4 12l16-8-6 16-3-7z',
    people: 'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7M3 20c0-3.300 2.700-5.500 6-5.500s6 2.200 6 5.500M16 4.300a3.500 3.500 0 0 1 0 6.400M17.500 14.800c2.100.7 3.500 2.600 3.500 5.200',
    book: 'M12 6c-2-1.500-4.500-2-8-2v14c3.500 0 6 .5 8 2 2-1.500 4.500-2 8-2V4c-3.500 0-6 .5-8 2M12 6v14',
    rules: 'M6 4h12v16H6zM9 8h6M9 12h6M9 16h4',
    heart: 'M12 20s-7.500-4.600-7.500-10A4.200 4.200 0 0 1 12 7.500 4.200 4.200 0 0 1 19.500 10c0 5.400-7.500 10-7.500 10',
    ear: 'M7 10a5 5 0 1 1 10 0c0 3-3 3.500-3 6a3 3 0 0 1-5.500 1.700M10 10a2 2 0 1 1 4 0',
    hands: 'M4 13l4-4 4 3 4-3 4 4M8 9V6M16 9V6M5 14l5 5h4l5-5',
    star: 'M12 4l2.300 5 5.500.600-4.100 3.700 1.200 5.400L12 16l-4.900 2.700 1.200-5.400L4.200 9.600l5.500-.6z',
    clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7v5l3 2',
    eye: 'M2.500 12S6 5.500 12 5.500 21.500 12 21.500 12 18 18.500 12 18.500 2.500 12 2.500 12M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6',
    eyeOff: 'M4 4l16 16M9.900 5.800A9 9 0 0 1 12 5.500c6 0 9.500 6.500 9.500 6.500a17 17 0 0 1-3 3.700M6.300 7.500C3.900 9.200 2.500 12 2.500 12S6 18.500 12 18.500a9 9 0 0 0 4-.9',
    flag: 'M6 21V4M6 5h11l-2 4 2 4H6',
    undo: 'M8 8H15a5 5 0 0 1 0 10H9M8 8l3-3M8 8l3 3',
    edit: 'M5 19l1-4L16 5l3 3L9 18z',
    alert: 'M12 4l9 16H3zM12 10v4M12 17h.01',
    shield: 'M12 3l7 3v5c0 5-3 8-7 10-4-2-7-5-7-10V6z',
    down: 'M12 5v14M6 13l6 6 6-6',
    back: 'M14 6l-6 6 6 6',
    copy: 'M9 9h10v11H9zM5 15V4h10',
    plus: 'M12 5v14M5 12h14',
    check: 'M5 13l4 4L19 7',
    globe: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18',
    phone: 'M6 4h3l2 5-2.500 1.500a11 11 0 0 0 5 5L15 13l5 2v3a2 2 0 0 1-2 2A15 15 0 0 1 4 6a2 2 0 0 1 2-2',
    chat: 'M4 5h16v11H9l-5 4z',
    keyboard: 'M3 7h18v10H3zM7 11h.01M11 11h.01M15 11h.01M8 14h8',
    room: 'M4 20V10l8-6 8 6v10zM10 20v-6h4v6',
} as const;

export type IconName = keyof typeof paths;

export function Icon({ name }: { name: IconName }) {
    return (
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d={paths[name]} />
        </svg>
    );
}

export function Flame() {
    return (
        <svg class="flame" viewBox="0 0 32 32" aria-hidden="true" focusable="false">
            <path d="M16 3c1.200 5 7.500 7.700 7.500 15.200a7.500 7.500 0 0 1-15 0c0-3 1.500-5 2.900-6.600.5 2 1.500 3.100 2.600 3.600C13.500 11 13.800 6.500 16 3z" />
            <path d="M6 28.500h20" class="log" />
        </svg>
    );
}
