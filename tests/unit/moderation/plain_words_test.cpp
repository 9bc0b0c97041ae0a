// What people say in few plain words reaches a person: rules and classifier together, in three languages.
#include <array>
#include <catch2/catch.hpp>
#include <string_view>

#include "support.hpp"

namespace hearth::moderation {
namespace {

constexpr std::array cries{
    "je me suis fait du mal hier",
    "je me suis coupée",
    "j'ai recommencé à me couper",
    "je me fais vomir tous les soirs",
    "je me suis brûlé exprès",
    "j'ai envie de me couper là",
    "je veux mourir",
    "je veux en finir",
    "j'ai pas envie de vivre",
    "je pense au suicide tous les jours",
    "je vais me tuer ce soir",
    "j'ai avalé toutes mes pilules",
    "j'ai pris trop de médicaments exprès",
    "je me suis scarifié",
    "j'ai les bras pleins de coupures",
    "je suis un fardeau pour tout le monde",
    "personne ne me regrettera",
    "j'aimerais ne plus me réveiller",
    "j'ai écrit ma lettre d'adieu",
    "mon ami fait une overdose",
    "il ne respire plus aidez moi",
    "je me frappe la tête contre le mur",
    "j'ai rechuté je me suis refait vomir",
    "je n'en peux plus de vivre",
    "i hurt myself yesterday",
    "I cut myself",
    "started cutting again",
    "i make myself sick every night",
    "I burned myself on purpose",
    "i want to cut right now",
    "I want to die",
    "i want to end it",
    "i don't want to live anymore",
    "i think about suicide every day",
    "I'm going to kill myself tonight",
    "i swallowed all my pills",
    "took too many tablets on purpose",
    "i self harmed again",
    "my arms are covered in cuts",
    "i'm a burden to everyone",
    "nobody will miss me",
    "i wish i wouldn't wake up",
    "I wrote my goodbye letter",
    "my friend is overdosing",
    "he's not breathing please help",
    "i keep hitting my head on the wall",
    "relapsed, purged again",
    "I hate myself so much I hurt myself",
    "i can't go on living",
    "aku nyakitin diri kemarin",
    "aku ngiris tangan",
    "mulai nyilet lagi",
    "tiap malam aku muntahin makanan",
    "aku sengaja bakar kulitku",
    "pengen nyilet sekarang",
    "aku mau mati",
    "aku mau mengakhiri semuanya",
    "aku ga mau hidup lagi",
    "tiap hari kepikiran bunuh diri",
    "malam ini aku bunuh diri",
    "aku udah minum semua obatnya",
    "sengaja minum obat kebanyakan",
    "aku self harm lagi",
    "tanganku penuh sayatan",
    "aku beban buat semua orang",
    "ga ada yang bakal kangen aku",
    "semoga besok ga bangun lagi",
    "aku udah nulis surat perpisahan",
    "temenku overdosis",
    "dia ga napas tolong",
    "aku bentur2in kepala ke tembok",
    "kambuh, muntahin makanan lagi",
    "benci banget sama diri sendiri sampe nyakitin badan",
    "aku ga kuat hidup",
};

constexpr std::array harm{
    "kill yourself",
    "just die already",
    "you should cut deeper",
    "stop taking your meds",
    "quit your benzos cold turkey",
    "anyone selling oxy",
    "selling xanax dm me",
    "you're a fat pig",
    "add me on telegram",
    "send me a pic babe, don't tell anyone",
    "how do i hide that i throw up",
    "what's the least painful way to die",
    "looking for an ana buddy",
    "heroin is worth it, try it",
    "vaccines cause cancer",
    "methadone is poison",
    "bleach drops cure everything",
    "join my coaching, only 200",
    "i'm a doctor and you have borderline",
    "tue-toi",
    "crève",
    "arrête tes médocs",
    "arrête le valium d'un coup",
    "qui vend du shit ici",
    "je vends du subu mp",
    "t'es qu'une grosse vache",
    "ajoute moi sur telegram",
    "envoie une photo, dis rien à personne",
    "quelle est la façon la moins douloureuse de mourir",
    "cherche copine pro ana",
    "les vaccins donnent le cancer",
    "la méthadone c'est du poison",
    "le jeûne guérit le cancer",
    "mon coaching à 200 euros change la vie",
    "je suis médecin et tu es bipolaire",
    "mati aja lo",
    "bunuh diri aja sana",
    "stop alprazolam langsung aja",
    "ada yg jual sabu",
    "jual tramadol dm aja",
    "dasar gendut jelek",
    "add telegram gue ya",
    "kirim foto dong, jangan bilang siapa2",
    "gimana cara nyembunyiin muntah",
    "cara mati yang gak sakit gimana",
    "cari temen pro ana",
    "sabu itu enak, coba deh",
    "vaksin bikin kanker",
    "metadon itu racun",
    "puasa nyembuhin kanker",
    "ikut coaching ku cuma 200rb",
    "aku dokter dan kamu bipolar",
};

}  // namespace

TEST_CASE("a plain cry is heard, and published") {
    auto& judges = testing::whole_judge();
    for (const std::string_view line : cries) {
        INFO(line);
        const auto found = judges(line, {});
        CHECK(found.action == disposition::publish_and_flag);
        CHECK(found.lane == lane::care);
    }
}

TEST_CASE("plain harm is seen") {
    auto& judges = testing::whole_judge();
    for (const std::string_view line : harm) {
        INFO(line);
        CHECK(judges(line, {}).action >= disposition::publish_and_flag);
    }
}

}  // namespace hearth::moderation
