// A room's address from its title: "Café des lève-tôt" becomes "cafe-des-leve-tot".
export const slugOf = (title: string): string =>
    title
        .normalize('NFKD')
        .replace(/\p{M}/gu, '')
        .toLowerCase()
        .replace(/['’]/g, '-')
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 40)
        .replace(/-+$/, '');
