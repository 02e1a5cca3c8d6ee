"""The cues of balance, as data: which words say "both", "neither" or "it depends".

They are written as those in `pmm_analysis.cues`.
"""

from .cues import Cue

BALANCED = [
    Cue(
        "X for this, Y for that",
        1.5,
        "X for big launches, Y for small ones",
        "own",
        r"X ~1 (?:for|when|if|in|at|with|where|gets?|gives?|is for|are for) .{2,70}Y ~1 (?:for|when|if|in|at|with|"
        r"where|gets?|gives?|is for|are for)\b|\b(?:if|when|for) .{2,60}, ~2 X.{2,70}\b(?:if|when|for) .{2,60}, ~2 "
        r"Y",
        "for when if in at with where get gets give gives",
    ),
    Cue(
        "other things matter",
        1.1,
        "the real question is who pays",
        "own",
        r"\b(?:real|better|bigger|right) question is\b|\bwhat (?:did )?(?:made|makes|matters|counts|decides|"
        r"predicts?)\b.{0,80} (?:is|was) (?:whether|who|how)\b|^(?:(?!X|Y|B).)*\b(?:matters?|mattered) (?:(?:far |much "
        r")?(?:less|more)) than (?:where|which|the|who|how|what)\b|\b(?:misses the point|beside the point|red herring|"
        r"wrong (?:fight|debate|thing|question|axis|lens))\b",
        "question whether who how matter matters mattered misses beside red wrong",
    ),
    Cue(
        "undecided",
        2.0,
        "i could argue either",
        "own",
        r"\b(?:no (?:horse|dog) in|ask me (?:again|tomorrow|next)|jury is (?:still )?out|jury's out|undecided|agnostic|"
        r"ambivalent|two minds|both sides of this|change my mind (?:on|about|every)|changed my mind twice|flip-flop|"
        r"can argue (?:it )?either|could argue either|no (?:strong|firm) (?:opinion|view|preference|feeling)s?|"
        r"(?:honestly|genuinely|really) (?:don't|couldn't|can't) (?:know|tell)|tell you which|don't know which|goes? "
        r"both ways|each way|cuts? both ways|gone both ways|hard[- ]pressed to (?:say|choose|pick)|seen (?:both|each|"
        r"it go))\b",
        "horse dog ask jury jury's undecided agnostic ambivalent minds sides mind flip argue strong firm pressed "
        "hard-pressed don't couldn't can't which both each seen",
        keeps_not=True,
    ),
    Cue(
        "some of each",
        1.2,
        "you want a bit of each",
        "own",
        r"\b(?:(?:bit|some|little|half|plenty|one) of (?:each|both)|split the difference|why (?:not both|choose|pick)|"
        r"horses for courses|mileage (?:may|will) vary|ymmv|whichever|each has (?:its|their)|just different|different "
        r"(?:jobs|tools|things|purposes|strengths)|one isn't (?:better|worse)|neither (?:is|one)|same (?:result|"
        r"outcome|thing))\b",
        "bit some little half plenty one difference why horses mileage ymmv whichever each different one neither same",
        keeps_not=True,
    ),
    Cue(
        "it depends",
        1.5,
        "it depends on the team",
        "Hyland",
        r"\b(?:it|that|this|answer|lot|which|all|really|largely|choice|question|decision|honestly|ultimately) (?:\S+ "
        r"){0,2}(?:depends?|varies|vary)\b|^depends?\b|^depending\b|\b(?:comes|boils) down to (?!(?:\S+ ){0,3}[XYB])|"
        r"\b(?:case by case|case-by-case|situational|contextual|context matters|(?:my|the) answer (?:changes|varies|"
        r"differs))\b",
        "depends depend depending varies vary comes boils case situational contextual context answer",
    ),
    Cue(
        "depending",
        0.7,
        "you choose depending on the team",
        "Hyland",
        r"\b(?:depends?|depending|dependent|varies|vary)\b",
        "depends depend depending dependent varies vary",
    ),
    Cue(
        "both",
        1.2,
        "you need both",
        "own",
        r"^(?:\W|honestly|i'd say|you|we|they|well)* ?(?:both|neither|either)\b|\b(?:need|want|have|do|bring|take|hire|"
        r"value|use|require|needs|requires|sell|offer|run|keep|like|love|support) (?:\w+ )?both\b|\b(?:in|under|does) "
        r"both\b(?! [a-z]+s of)|\bboth (?:are|is|have|matter|work|can|count|will|sides|ways|options|approaches)\b|"
        r"\b(?:a|the right|right|it's|good|some|healthy) (?:\w+ )?(?:balance|mix|combination|blend|hybrid|"
        r"marriage)\b(?! sheet)",
        "both neither either balance mix combination blend hybrid marriage",
    ),
    Cue(
        "B together",
        1.1,
        "B go hand in hand",
        "own",
        r"\bB ~3 (?:are|is|matter|have|both|work|complement|go|need|should|can(?!')|equally)\b|\b(?:need|needs|want|"
        r"between|both|combine|blend|mix|balance|require|requires) ~2 B",
        "are is can matter have both work complement go need should can equally can needs want between combine blend "
        "mix balance require requires",
    ),
    Cue(
        "as good as",
        1.0,
        "X is as important as Y",
        "J&L",
        r"X ~4 (?:as|equally) (?!well)(?:<adv> )?\w+ as ~4 Y|\bjust as \w+",
        "as",
    ),
    Cue(
        "equal",
        1.1,
        "they are complementary",
        "own",
        r"\b(?:equally|(?<!else )(?<!else being )equal|separable|halfway|hand in hand|hand-in-hand|complement\w*|two "
        r"sides|one and then the other|same coin|interchangeable|inseparable|symbiotic|go together|(?:meet|met) in the "
        r"middle|somewhere in between|both worlds|middle ground)\b",
        "equally equal hand hand-in-hand complement complementary complements two same interchangeable inseparable "
        "symbiotic together middle between worlds other halfway separable",
        keeps_not=True,
    ),
    Cue(
        "no difference",
        1.3,
        "it makes no difference",
        "own",
        r"\b(?:no|little|any|much|not) (?:\w+ )?(?:difference|correlation)\b|\b(?:doesn't|does not|don't|didn't|not) "
        r"(?:really |actually |much )?(?:matter(?! (?:how|what|who|if|about))|care (?:which|where|whether))|"
        r"\b(?:either|both) (?:way|ways|one|can|could|will|works?|choice|path|option)\b|\bcame out (?:within|even)|"
        r"\b(?:looks?|looked|works?|worked|came|turned|ended|is|was|were|pretty much) (?:out |up )?(?:about |much |"
        r"exactly )?the same\b(?! (?:as|way|reason|thing|time))|\bapiece\b|\bat the same rate\b|\bin the same place\b|"
        r"(?:\w+n't|not) ~6 moves? the needle",
        "difference correlation matter care either both within same even apiece rate needle",
        keeps_not=True,
    ),
    Cue(
        "toss-up",
        2.0,
        "it is a coin flip",
        "own",
        r"\b(?:coin flip|flip a coin|toss-up|toss up|tossup|on the fence|back and forth|torn|half and half|50/50|"
        r"fifty-fifty|50-50|a wash|a tie|a draw|split (?:\w+ ){0,2}down|about equally often|in equal numbers|same "
        r"number of each|happy with both|in (?:either|both) (?:directions?|cases?)|within (?:a|one|two|three|a few) "
        r"(?:percent|percentage|points?)|half\b.{3,50}\b(?:and|,) (?:the other )?half|evenly (?:split|divided)|even "
        r"split|split (?:\w+ )?evenly|(?:about|roughly|just) as many|(?:about|roughly|nearly|statistically|"
        r"practically) identical|indistinguishable|within (?:the )?noise|pendulum|in alternation)\b",
        "flip toss-up toss tossup fence forth torn half 50 fifty wash tie draw split equally evenly many number happy "
        "direction directions case cases percent percentage point points identical indistinguishable noise pendulum "
        "alternation",
        keeps_not=True,
    ),
    Cue(
        "no favourite",
        2.0,
        "i don't have a favorite",
        "own",
        r"\b(?:\w+n't|do not|cannot|not|no|stopped|hard to|impossible to|refuse to|never) ~4 (?:rank|favou?rite|"
        r"preference|tell you which|say which|choose between|pick between|pick one|choose one|pick a side|choose a "
        r"side|steer|(?:say|call) (?:that )?(?:either|one)|come down on|take (?:a side|sides)|single answer|universal|"
        r"right answer|wrong answer|one answer|clear winner|winner|silver bullet|one size|generali[sz]e|one (?:\w+ "
        r")?over the other|definitive|blanket|correct answer|general answer|simple answer|good answer|hard and fast)\b|"
        r"one-size-fits|one size fits",
        "rank favourite favorite preference which between one side sides steer call down either single universal "
        "answer winner bullet size one-size generalize generalise definitive blanket hard",
        keeps_not=True,
    ),
    Cue(
        "false choice",
        2.0,
        "this is a false choice",
        "own",
        r"\b(?:(?:false (?:choice|dilemma|binary|trade-?off)|dichotomy)|either/or|either-or|either or|not mutually "
        r"exclusive|mutually exclusive|wrong (?:question|thing|axis|way to (?:look|think|frame))|the premise|not (?:a |"
        r"an )?(?:binary|zero|versus|either)|isn't (?:a |an )?(?:binary|either|versus)|why not both|not one or the "
        r"other|wouldn't frame|false)\b",
        "false dichotomy either either-or mutually wrong premise binary zero versus why frame other",
        keeps_not=True,
    ),
    Cue(
        "pros and cons",
        1.0,
        "both have pros and cons",
        "own",
        r"\b(?:pros and cons|pro and con|trade-?offs?|tradeoffs?|advantages and disadvantages|upsides and downsides|"
        r"strengths and weaknesses|plenty of both|right tool|(?:its|their|own) (?:place|merits|uses?|moment|"
        r"strengths))\b",
        "pros pro trade-off trade-offs tradeoff tradeoffs trade advantages upsides strengths plenty right place merits "
        "use uses moment",
        keeps_not=True,
    ),
]
