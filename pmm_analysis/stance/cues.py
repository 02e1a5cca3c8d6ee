"""The cues of a side, as data: which words count for an option or against it.

Patterns are regular expressions over a folded clause with four additions:

====== ==============================================================
``X``   the option that the cue speaks for
``Y``   any other option
``B``   both options named in one breath ("X and Y")
``~3``  a gap of at most three words that name no option and are not "than"
``<w>`` one of the words listed under ``w`` in `WORDS`
====== ==============================================================

Every pattern is written once and read with each option in the place of X:
exchanging the options exchanges the result.

Sources: own = the project's own measurements on development data; K&L =
Kessler & Kuhn (2014), a corpus of comparisons in product reviews; J&L = Jindal
& Liu (2006), mining comparative sentences; CAM = Panchenko et al. (2019),
categorizing comparative sentences; H&R = Huddleston & Pullum (2002), Cambridge
Grammar, chapters 9 (negation), 13 (comparison); Hyland = Hyland (2005), stance
and engagement.
"""

from typing import NamedTuple


class Cue(NamedTuple):
    """One way to show a stance.

    `pattern` speaks for X. `anchor` lists words of which one is in every
    match; `example` is a clause it matches. `keeps_not` means that a negation in
    or before the words is part of the cue and does not turn it round; `teachable`
    cues need a codebook that says so; `contrasts` cues set one option against
    the others even if they name one.
    """

    name: str
    weight: float
    example: str
    source: str
    pattern: str
    anchor: str
    keeps_not: bool = False
    teachable: bool = False
    contrasts: bool = False


COMPARISONS = [
    Cue(
        "better than",
        2.0,
        "X are far more important than Y",
        "J&L",
        r"X(?!\S* (?:\S+ ){0,6}<loses>) ~12 (?:(?!(?:<worse>|<unlike>)\b)\w\w+er|more(?! (?:<bad_more>|of)\b)(?: "
        r"[\w-]+)?|less <bad_more>|better off) ~6 th[ae]n ~8 Y",
        "than then",
    ),
    Cue(
        "costs less than",
        1.4,
        "X costs less per lead than Y",
        "J&L",
        r"X ~4 <costs> ~2 less ~6 th[ae]n ~6 Y",
        "than then",
    ),
    Cue(
        "loses more than",
        1.4,
        "Y loses more money than X",
        "J&L",
        r"Y ~4 <loses> ~6 (?:more|faster|quicker|sooner) ~4 th[ae]n ~6 X",
        "than then",
    ),
    Cue(
        "lost to",
        1.2,
        "Y has lost ground to X",
        "own",
        r"Y ~4 (?:lose|loses|lost|losing) ~5 to ~2 X",
        "lose loses lost losing",
    ),
    Cue(
        "catches up with",
        1.0,
        "Y is catching up with X",
        "own",
        r"Y ~8 (?:catch(?:es|ing)?|caught) up (?:with|to) ~2 X",
        "catch catches catching caught",
    ),
    Cue(
        "better alternative to Y",
        1.1,
        "there are better alternatives to Y",
        "own",
        r"\bbetter (?:\w+ )?alternatives? (?:to|for|than) ~2 Y",
        "alternative alternatives",
    ),
    Cue(
        "could be better",
        0.6,
        "Y could have been better",
        "H&R",
        r"Y ~3 (?:(?:could|should|would) have (?:been|done|worked)|could (?:be|do)|needs? to be) ~2 better\b(?! with| "
        r"in| than)",
        "better",
    ),
    Cue(
        "worse than",
        2.0,
        "Y is much worse than X",
        "J&L",
        r"Y(?!\S* (?:\S+ ){0,4}<costs> ~1 less) ~12 (?:<worse>|less(?! <bad_more>)(?: [\w-]+)?|more <bad_more>) ~6 "
        r"th[ae]n ~8 X|Y ~4 <costs> ~2 more ~6 th[ae]n ~8 X",
        "than then",
    ),
    Cue(
        "better with X than Y",
        1.8,
        "you learn faster at X than at Y",
        "CAM",
        r"\b(?:(?!(?:<worse>|<unlike>)\b)\w\w+er|more(?! <bad_more>)(?: [\w-]+)?) ~4 (?:with|in|on|at|using|under|for|"
        r"from|of) ~2 X ~4 th[ae]n ~8 Y",
        "than then",
    ),
    Cue(
        "worse with Y than X",
        1.8,
        "it is harder in Y than in X",
        "CAM",
        r"\b(?:<worse>|more <bad_more>) ~4 (?:with|in|on|at|using|under|for|from|of) ~2 Y ~4 th[ae]n ~8 X",
        "than then",
    ),
    Cue(
        "superior to",
        1.8,
        "X is superior to Y",
        "J&L",
        r"X ~5 (?:superior|preferable) ~1 to ~5 Y|Y ~5 inferior ~1 to ~4 X",
        "superior preferable inferior",
    ),
    Cue(
        "compared to",
        1.5,
        "X is faster compared to Y",
        "J&L",
        r"X ~7 (?:(?!(?:<worse>|<unlike>)\b)\w\w+er|better|superior) ~4 (?:compared|comparison|relative) ~1 (?:to|"
        r"with) ~4 Y|Y ~7 (?:<worse>|inferior|mediocre|limited) ~4 (?:compared|comparison|relative) ~1 (?:to|with) ~4 "
        r"X",
        "compared comparison relative",
    ),
    Cue(
        "a better Y",
        1.2,
        "X is a better Y",
        "CAM",
        r"X(?!\S* (?:\S+ ){0,4}(?:versus|vs|over|against|stops?|not) ) ~5 (?:a|an|the) ~1 (?:better|faster|improved|"
        r"nicer|cleaner|superior|stronger) ~1 (?:version of )?Y",
        "better faster improved nicer cleaner superior stronger",
    ),
    Cue(
        "even better X",
        1.1,
        "or even better, X",
        "CAM",
        r"(?:even better|better yet|better still|or better)(?! alternative| than\b) ~2 X",
        "better",
    ),
    Cue(
        "rather than",
        1.8,
        "i would rather have X than Y",
        "H&R",
        r"(?:rather|sooner|prefer|better off|better to|more|easier to) ~6 X ~6 than ~5 Y",
        "than",
        keeps_not=True,
    ),
    Cue(
        "nobody better than X",
        1.6,
        "nobody knows it better than X",
        "own",
        r"\b(?:nobody|no one|nothing|nowhere|never|no other) ~6 (?:better|more|faster|easier|stronger) ~3 than ~3 "
        r"X",
        "than",
        keeps_not=True,
    ),
    Cue(
        "not as good as",
        1.6,
        "Y is not as useful as X",
        "J&L",
        r"Y ~4 (?:not|\w+n't|never|hardly|nowhere near) ~2 (?:as|so|nearly) ~4 as ~3 X",
        "as",
        keeps_not=True,
    ),
    Cue(
        "X over Y",
        1.6,
        "i choose X over Y",
        "K&L",
        r"X ~1 (?:over(?! the (?:\w+ly )?(?:superior|better))|instead of|rather than|ahead of|above(?! even| all)|in "
        r"preference to|as opposed to) ~3 Y",
        "over instead rather ahead above preference opposed",
        keeps_not=True,
    ),
    Cue("X not Y", 1.4, "hire for X, not Y", "own", r"X,? (?:and |but )?not ~2 Y", "not", keeps_not=True),
    Cue("not Y but X", 1.4, "it is not Y but X", "own", r"not ~3 Y,? (?:but|it's|it is) ~3 X", "not", keeps_not=True),
    Cue(
        "less Y than X",
        1.6,
        "worry less about Y than about X",
        "H&R",
        r"(?:less|not so much) ~3 Y ~2 (?:than|as) ~3 X",
        "less much",
    ),
    Cue(
        "prefer X to Y",
        2.0,
        "i prefer X to Y",
        "K&L",
        r"prefer\w* ~3 X ~2 (?:to|over|instead) ~3 Y",
        "prefer preferred prefers",
    ),
    Cue("X beats Y", 1.6, "X beat Y", "own", r"X ~3 <beat> ~4 Y", "<beat>"),
    Cue(
        "X over the rest",
        1.4,
        "X over spreadsheets for me",
        "K&L",
        r"^(?:<adv> )*X over (?!the |time|a |and )\w",
        "over",
        contrasts=True,
    ),
    Cue(
        "beats Y",
        1.4,
        "five good talks beat Y",
        "own",
        r"(?<!nothing )(?<!anything )(?<!can't )(?<!cannot )(?<!to )<beat> ~2 Y",
        "<beat>",
    ),
    Cue(
        "X beats all",
        1.2,
        "X beat everything else",
        "own",
        r"X ~1 (?:beats?|outweighs?|trumps?|outperforms?) (?!me\b)",
        "beat beats outweigh outweighs trump trumps outperform outperforms",
    ),
    Cue("beaten by", 1.4, "Y is beaten by X", "own", r"Y ~3 <beaten> by ~2 X", "<beaten>"),
    Cue(
        "nothing beats",
        1.6,
        "nothing beats X",
        "own",
        r"(?:nothing|no one|nobody|hard to|can't|cannot|few things) ~1 (?:beat|beats|tops?|replaces?|replicates?|"
        r"fakes?|match(?:es)?) ~3 X|\b(?:never|not|\w+n't|yet to) ~3 (?:anything|anyone|anybody|a thing) ~1 (?:beat|"
        r"match|top|replace) ~3 X|no (?:substitute|replacement) for ~2 X",
        "beat beats top tops replace replaces replicate replicates fake fakes match matches substitute replacement",
        keeps_not=True,
    ),
    Cue("no amount of Y", 1.2, "no amount of Y will save you", "own", r"no amount of ~2 Y", "amount", keeps_not=True),
    Cue(
        "X matters more",
        1.4,
        "X matters a lot more",
        "own",
        r"X ~4 (?:matters?|counts?|weighs?|means?|worth|does|do|adds?) ~2 (?:more(?! than (?:how|who|what|whether|"
        r"where|which)\b| harm)|most)\b",
        "more most",
    ),
    Cue(
        "X is better",
        1.2,
        "X is usually better",
        "own",
        r"X(?!\S* (?:\S+ ){0,3}(?:(?:could|should|would) have|could be) ) ~3 <be> ~2 (?:better|superior|stronger|"
        r"preferable|(?:more|most) (?:important|valuable|useful|effective|critical|reliable|dependable|durable|honest|"
        r"efficient|powerful|profitable|predictable|rewarding))(?! "
        r"than)",
        "better superior stronger preferable more most",
    ),
    Cue(
        "X is the best",
        1.4,
        "X is the best choice",
        "own",
        r"X ~3 (?:the|your|my|our) ~2 (?:best|better|safer|safest|smarter|smartest|right|wiser|main|only|fastest|"
        r"quickest|surest|easiest|obvious|default|real) (?:\w+ )?(?:choice|option|way|bet|route|path|place|call|move|"
        r"answer|idea|fit|one|solution|thing|approach|start)",
        "best better safer safest smarter smartest right wiser main only fastest quickest surest easiest obvious "
        "default real",
    ),
    Cue(
        "the best is X",
        1.5,
        "the best option is X",
        "own",
        r"(?:best|better|safest|safer|right|most important|biggest|strongest|#1|number one|main|real|only) ~4 (?:is|"
        r"are|was|were|would be|will be|comes? from|came from|remains) ~3 X",
        "is are was were be from remains",
    ),
    Cue(
        "the worst is Y",
        1.1,
        "the worst hires i made came from Y",
        "J&L",
        r"\b(?:worst|costliest|weakest|most expensive|biggest (?:mistake|regret|headache|waste)) ~6 (?:is|are|was|were|"
        r"comes? from|came from) ~3 Y",
        "is are was were from",
    ),
    Cue("symbol", 2.0, "X >> Y", "own", r"X ?>+ ?Y|Y ?<+ ?X", ">"),
    Cue(
        "switched from Y to X",
        1.3,
        "we switched from Y to X",
        "own",
        r"(?:switch\w*|mov\w+|migrat\w+|chang\w+|went|gone|jump\w*|convert\w*) ~2 from ~3 Y ~2 to ~3 X|(?:ditch\w*|"
        r"replac\w+|swap\w*|drop\w*|trad\w+) ~2 Y ~2 (?:for|with|by) ~3 X",
        "from for with by",
    ),
    Cue(
        "switched to X",
        1.2,
        "we switched to X",
        "own",
        r"\b(?:switched|converted|migrated|come around|came around) ~1 to ~2 X",
        "switched converted migrated around",
    ),
]

CHOICES = [
    Cue(
        "made to choose",
        1.8,
        "if i had to choose, i would lean towards X",
        "own",
        r"(?:had|have|has|forced|made|make|were|push|pushed|press|(?<!hard )(?<!hard-)pressed|gun|absolutely) ~5 "
        r"(?:choose|pick|decide|choice|bet|say|answer|rank) ~7 X|\bif (?:pressed|pushed|forced|push) ~6 X",
        "choose pick decide choice bet say answer rank pressed pushed forced push",
        contrasts=True,
    ),
    Cue(
        "I choose",
        1.5,
        "i would go with X",
        "own",
        r"(?:\bi|\bi'd|\bi'll|\bi've|\bid|\bi would|\bi'd (?:still|always)|\bi will|\bi do|\bwe|\bwe'd|\bwe always|"
        r"\bi'm|\bi am|\bwe're)(?! (?:\S+ ){0,2}(?:that|who|what|them|people|have to|must)\b) ~3 <choose> ~4 "
        r"X",
        "<choose>",
    ),
    Cue("I'd X", 1.3, "i'd definitely X", "own", r"\b(?:i'd|i would|i'll|i will) (?:<adv> )?X", "i'd i i'll"),
    Cue(
        "I'd rather X",
        1.4,
        "i would much rather hire X",
        "own",
        r"\b(?:i'd|i would|we'd|we would) ~1 (?:rather|sooner) ~8 X",
        "rather sooner",
        contrasts=True,
    ),
    Cue(
        "I'd say X",
        1.3,
        "i'd say X",
        "own",
        r"\b(?:i'd|i would|i'll|i) ~1 (?:say|go|vote|argue|think) ~2 X(?:$|,)",
        "say go vote argue think",
    ),
    Cue(
        "it's better X",
        1.0,
        "it is definitely better X",
        "own",
        r"\b(?:it's|it is|it'd be|is it|it) ~2 (?:better|best|easier|safer|wiser|smarter|cheaper|preferable) (?:to "
        r")?X",
        "better best easier safer wiser smarter cheaper preferable",
    ),
    Cue(
        "X unless",
        1.3,
        "X, unless you have no choice",
        "own",
        r"X ~3 (?:unless|except when|except if|until proven)\b",
        "unless except until",
    ),
    Cue(
        "Y only if",
        1.1,
        "use Y only when you must",
        "own",
        r"Y ~3 only (?:if|when|for|after|once|as a)\b|\bonly ~3 Y ~4 (?:if|when|once|after)\b",
        "only",
    ),
    Cue(
        "don't Y",
        1.3,
        "don't hire Y",
        "own",
        r"^(?:so |and |but |please |just )?(?:don't|never(?! (?:heard|tried|used|seen|had))|do not|stop|quit|no need "
        r"to|skip|forget) (?:(?!X|Y|B)[^\s,]+ ){0,4}Y",
        "don't never do stop quit no skip forget",
        keeps_not=True,
    ),
    Cue(
        "X person",
        1.2,
        "definitely X",
        "own",
        r"\b(?:i'm|i am|i've (?:always )?been|me|as) ~2 X (?:person|guy|gal|fan|believer)\b|^team X|(?<!over "
        r")(?<!th[ae]n )X for me(?:$|,)|X it is\b|^(?:definitely|probably|has to be|gotta be|it's gotta be|it has to "
        r"be|of the two|between the two) ~1 X",
        "person guy gal fan believer here way team me it definitely probably be of between has gotta",
        contrasts=True,
    ),
    Cue(
        "X wins",
        1.5,
        "X comes out ahead",
        "own",
        r"X ~2 (?:stays?(?=$|,)|wins?(?! (?:and|or) los)|won(?!')|takes it|has the edge|have the edge|has an edge|has "
        r"the upper hand|wins out|comes? out (?:ahead|on top)|came out (?:ahead|on top)|gets the nod|takes the cake|"
        r"takes priority)\b",
        "stay stays win wins won takes has have comes come came gets",
        contrasts=True,
    ),
    Cue(
        "back to X",
        1.4,
        "we went back to X",
        "own",
        r"\b(?:went|going|go|came|come|moved|switched|coming|gone) ~1 (?:back|around|round|over) to ~3 X",
        "back around round over",
    ),
    Cue(
        "never again Y",
        1.4,
        "we tried Y and never again",
        "own",
        r"Y.{0,60}\bnever again\b|\bnever again ~3 Y|Y ~2 (?:burned|burnt|bit|cost|failed|hurt) us\b",
        "never burned burnt bit cost failed hurt",
        keeps_not=True,
    ),
    Cue(
        "better than anyone",
        1.5,
        "X know the customer better than anyone",
        "own",
        r"X ~8 (?:better|faster|more|closer|deeper) ~3 th[ae]n (?:any|anyone|anybody|anything|everyone|most|all|"
        r"ever)\b",
        "than then",
    ),
    Cue(
        "works best in X",
        1.2,
        "pricing belongs in X",
        "own",
        r"\b(?:belongs?|thrives?|flourish(?:es)?|does best|do best|works? best|sits? best|fits? best|works? better|do "
        r"better|does better|better off) ~1 (?:in|under|with|to|at|on|inside|as) ~2 X",
        "belong belongs thrive thrives flourish flourishes best better",
    ),
    Cue(
        "reason for X",
        1.0,
        "two reasons to use X",
        "own",
        r"\b(?:reasons?|case|argument|arguments) (?:to \S+|for|in favou?r of) ~2 X|X ~1 (?:advantage|edge|strength)s? "
        r"(?:is|are)\b|X ~1 (?:has|have) ~2 (?:advantages?|benefits?|upside)",
        "reason reasons case argument arguments advantage advantages edge strength strengths benefit benefits upside",
    ),
    Cue("too much Y", 0.8, "there is too much Y", "own", r"\btoo (?:much|many) ~2 Y", "too"),
    Cue(
        "I want",
        1.0,
        "i always look for X",
        "own",
        r"\b(?:i|we|i'd|we'd|i'll|i've|we've) ~2 (?:want|need|value|look for|look at|looking for|seek|like|love|trust|"
        r"believe in|swear by|care about|insist on) ~6 X",
        "want need value look looking seek like love trust believe swear care insist",
    ),
    Cue(
        "I would do X",
        1.2,
        "i would join X",
        "own",
        r"\b(?:i'd|we'd|i'll|(?:i|we) would) ~3 (?:do|have|join|start|work|bring|report|learn|put|make|keep|build|"
        r"spend|see|invest|be|ask for|trade|give|hand|pay|send|leave) ~5 X",
        "do have join start work bring report learn put make keep build spend see invest be ask trade give hand pay "
        "send leave",
    ),
    Cue(
        "in the X camp",
        1.4,
        "i am in the X camp",
        "own",
        r"\b(?:i'm|i am|put me|count me|we're|sit|am|firmly|squarely) ~3 (?:in|on) ~1 X,? ?(?:camp|side|boat|"
        r"corner)?(?: of (?:this|that|it)\b.*)?$|X camp\b|\b(?:fall|falls|falling|fell|land|landed|landing|come down|"
        r"came down|come out|came out) (?:off )?on ~2 X",
        "in on camp",
    ),
    Cue(
        "my pick",
        1.6,
        "my vote goes to X",
        "own",
        r"\b(?:my|the|our|short|honest|simple|one) ~3 <pick> ~2 (?:is|are|goes|would be|was|remains|stays|will be|'s) "
        r"~4 X|\bmy ~2 <pick> ~1 (?:for|to|on|:) ~3 X",
        "<pick>",
        contrasts=True,
    ),
    Cue(
        "X is my pick",
        1.6,
        "X gets my vote",
        "own",
        r"X ~2 (?:is|are|would be|gets|get|has|have|wins|win|was|as) ~2 (?:my|the|our) ~2 (?:<pick>|offer)|"
        r"X.{0,60}\bthat(?:'s| is| would be) (?:my|our) ~1 <pick>",
        "<pick> offer",
        contrasts=True,
    ),
    Cue(
        "vote for X",
        1.5,
        "take mine as a vote for X",
        "own",
        r"\b(?:vote|argue|case|root|rooting|pitch|plead|advocate|opt|settle) ~1 for ~2 X",
        "vote argue case root rooting pitch plead advocate opt settle",
    ),
    Cue(
        "fan of",
        1.5,
        "i'm a big fan of X",
        "own",
        r"\b(?:fan|believer|advocate|proponent|supporter|partial|biased|inclined|sold|bullish|convert|lean|leaning|"
        r"preference|tilt|tilting|nudge|gravitate|soft spot) ~2 (?:of|in|for|to|toward|towards|on) ~3 X",
        "fan believer advocate proponent supporter partial biased inclined sold bullish convert lean leaning "
        "preference tilt tilting nudge gravitate soft",
    ),
    Cue(
        "edge to X",
        1.4,
        "slight edge to X",
        "own",
        r"\b(?:edge|nod|advantage|\w+ty-\w+ty|\d0/\d0) ~1 (?:to|for|goes to) ~2 X|\bin favou?r of ~2 "
        r"X",
        "edge nod advantage to for favor favour",
    ),
    Cue(
        "leaning X",
        1.4,
        "leaning X, slightly",
        "own",
        r"^(?:<adv> )*(?:lean(?! toward| in)|leaning|tilting|voting|siding|betting|erring|rooting) ~4 X",
        "lean leaning tilting voting siding betting erring rooting",
    ),
    Cue(
        "no Y ever",
        1.0,
        "no Y ever saved a deal",
        "own",
        r"\bno Y (?:has |have |will |can )?ever\b",
        "ever",
        keeps_not=True,
    ),
    Cue(
        "gave up Y",
        1.0,
        "we dropped Y last year",
        "own",
        r"\b(?:i|we|i've|we've) (?:\w+ )?(?:dropped|scrapped|abandoned|killed|ditched|banned|retired|cancelled|"
        r"canceled|stopped|quit|left(?! with)|gave up|given up|got rid of|moved (?:away|off)|walked away|outgrew) ~3 Y",
        "dropped scrapped abandoned killed ditched banned retired cancelled canceled stopped quit left gave given rid "
        "away off outgrew",
    ),
    Cue(
        "should X",
        0.9,
        "you should start with X",
        "own",
        r"\b(?:should(?! (?:i|we)\b)|must|need to|needs to|ought to|has to|have to|better|would be wise to|want to) ~2 "
        r"<do> ~4 X|\b(?:should(?! (?:i|we)\b)|must) (?:<adv> )?(?:\S+ )?X",
        "should must need needs ought has have better wise want",
    ),
    Cue(
        "X should",
        1.1,
        "X should own it",
        "own",
        r"X ~1 (?:should|must|has to|have to|needs to|need to|ought to|deserves?|gets?) ~1 (?:own|lead|come|be first|"
        r"be the|win|drive|sit|hold|run|have|go first|decide|priority)",
        "own lead come be win drive sit hold run have go decide priority",
    ),
    Cue(
        "do X",
        1.3,
        "start with X",
        "own",
        r"^(?:so|but|and|then|just|please|always|definitely|instead|first|yes|no|okay|ok|well|my advice|honestly|"
        r"personally|imo|bottom line|in short|overall|now)?[,:]? ?(?!i |we |you |they |he |she |it |people |who |"
        r"there'd )(?:(?!X|Y|B)\S+ )?<order> ~4 X",
        "<order>",
    ),
    Cue(
        "recommend X",
        1.4,
        "i would tell anyone to start at X",
        "own",
        r"\b(?:recommend|suggest|advise|advice|(?:i'd|i would|i|i'll|always) tell|encourage|urge|push|steer|nudge|"
        r"point (?:\w+ ){0,3}(?:to|toward|towards|at)\b) ~6 "
        r"X",
        "recommend suggest advise advice tell encourage urge push steer nudge point",
    ),
    Cue(
        "X hands down",
        1.6,
        "X, hands down",
        "own",
        r"(?<!over )(?<!th[ae]n )(?<!beat )(?<!beats )X(?!\W*(?:definitely|absolutely|easily|obviously) \w) ~0 <win>",
        "<win>",
        contrasts=True,
    ),
    Cue(
        "then X",
        1.2,
        "if you have loans, then X",
        "own",
        r"^(?:if|when|for|unless|in|with|at|once|until)\b.{4,}, ?(?:(?:then |it's |its |i'd say )?X(?: it| them)?$|"
        r"(?:then )?<order> ~4 X)",
        "if when for unless in with at once until",
        keeps_not=True,
    ),
    Cue(
        "X first",
        1.5,
        "X come first",
        "own",
        r"X ~3 (?<!\ba )(?<!in the )(?<!\bme )(?<!my )(?<!our )(?<!your )(?<!their )first\b(?!-| place| out| in line| "
        r"\w+ (?:days|months|weeks|years))|first,? ~2 X ~3 then|X first",
        "first",
        contrasts=True,
    ),
    Cue(
        "Y later",
        1.2,
        "Y can come later",
        "own",
        r"Y ~4 (?:second(?! \w)|(?<!and )later|afterwards?|can wait|comes? after|(?:will )?follows?(?! \w)|catch up|"
        r"catches up|comes? (?:next|with time|on its own)|take care of (?:itself|themselves)|on the job|as you go|"
        r"along the way)\b",
        "second later afterward afterwards wait after follow follows followed catch catches next with own care job go "
        "along",
    ),
    Cue(
        "hire for",
        1.5,
        "i hire for X and train for Y",
        "own",
        r"\b(?:hire|hires|hired|hiring|recruit|screen|interview|select|looking|look|optimi[sz]e|promote|pay|index|"
        r"filter) ~1 (?:for|on|based on) ~3 X",
        "hire hires hired hiring recruit screen interview select looking look optimize optimise promote pay index "
        "filter",
        contrasts=True,
    ),
    Cue(
        "train for Y",
        1.0,
        "hire for X and train for Y",
        "own",
        r"\b(?:train|coach|teach) ~1 (?:for|on|in|up on) ~2 Y",
        "train coach teach",
        teachable=True,
    ),
    Cue(
        "give me X",
        1.5,
        "give me X any day",
        "own",
        r"\b(?:(?:give|get|show|hand|bring|find|send) me|gimme) ~4 X",
        "me gimme",
        contrasts=True,
    ),
    Cue(
        "way to go",
        1.4,
        "X is the way to go",
        "own",
        r"X ~4 (?:way to go|way forward|right call|right place|right move|good bet|no-brainer|no brainer|great "
        r"strategy|good strategy|great start|better start|great place|good place|best place)|go the X",
        "way right good no-brainer brainer great better best go",
    ),
    Cue(
        "what matters is X",
        1.1,
        "what matters is X",
        "own",
        r"\b(?:what|the (?:thing|key|difference|secret|real skill|foundation|trick|starting point)) ~6 (?:is|are|was) "
        r"~2 X|\bit's ~1 X ~1 (?:that|who|which)|\b(?:comes|come|boils|came) down to ~3 X|all about ~2 X",
        "what key thing difference secret skill foundation trick point it's down about",
    ),
    Cue(
        "X is what matters",
        1.2,
        "X are what gets you hired",
        "own",
        r"X ~2 (?:is|are|was|were|'s) ~2 (?:what|where|why|the thing(?! (?:every|people|most))|the reason|the "
        r"difference|the one|the ones|the foundation|the part|who)\b",
        "is are was were",
    ),
    Cue(
        "X is where I lean",
        1.3,
        "X is where most managers would lean",
        "own",
        r"X ~2 (?:is|are|'s) (?:what|where|the one|how) ~7 (?:<choose>|edge|look|start|hire|lean|win)",
        "what where one how",
    ),
    Cue(
        "again X",
        1.2,
        "i would do X again",
        "own",
        r"\b(?:do|choose|pick|go|take|start) ~4 X ~3 again|(?<!then )\bagain ~3 X",
        "again",
    ),
    Cue(
        "wish for X",
        1.3,
        "i wish i had started with X",
        "own",
        r"\bwish ~4 (?:had|started|did|could|chosen|joined|learned|taken) ~5 X",
        "wish",
        keeps_not=True,
    ),
    Cue(
        "wish against Y",
        1.3,
        "i wish i hadn't joined Y",
        "own",
        r"\bwish ~2 (?:hadn't|didn't) ~6 Y|Y.{0,60}\bwish (?:i|we) (?:hadn't|didn't)",
        "wish",
        keeps_not=True,
    ),
    Cue(
        "regret Y", 1.3, "we regretted Y", "own", r"\bregret(?:ted|ting|s)? ~5 Y", "regret regretted regretting regrets"
    ),
    Cue(
        "no regrets",
        1.2,
        "we moved to X and never looked back",
        "own",
        r"X.{0,80}(?:never looked back|no regrets|don't regret|not regret\w*|best decision|never going back|wouldn't "
        r"change)",
        "looked regrets regret decision going change",
        keeps_not=True,
    ),
]

EVALUATIONS = [
    Cue(
        "X is good",
        0.7,
        "X is really important",
        "own",
        r"X(?!\S* (?:\S+ ){0,3}(?:(?:could|should|would) have|could be) ) ~1 <be> ~3 <good>",
        "<good>",
    ),
    Cue(
        "it is good to X",
        0.7,
        "it is important to have X",
        "own",
        r"\b(?:important|essential|crucial|critical|key|vital|worth|best|better|smart|smarter|wise|wiser|safer|easier|"
        r"necessary)(?! alternatives?\b) ~1 (?:to|for)(?! (?:avoid|skip|drop|quit|stop|leave|stay away|keep away)) ~4 "
        r"X",
        "important essential crucial critical key vital worth best better smart smarter wise wiser safer easier "
        "necessary",
    ),
    Cue(
        "more important to X",
        1.4,
        "it is more important to have X",
        "own",
        r"\b(?:more|most) (?:important|valuable|critical|crucial|essential|useful|helpful) ~1 to ~4 X",
        "more most",
    ),
    Cue(
        "Y is bad",
        0.9,
        "Y is overkill",
        "own",
        r"Y ~1 <be> ~3 (?:<bad>|less (?!<bad>|time|effort|money|work|risk|space|hassle)\w+(?! than))|Y ~2 more harm "
        r"than good",
        "<bad> less harm",
    ),
    Cue(
        "X gives",
        0.35,
        "X gives you speed",
        "own",
        r"X,? (?:<adv> |will |would |can |that |which |really |also )*<gives>\b",
        "<gives>",
    ),
    Cue(
        "Y fails",
        0.7,
        "Y wastes your time",
        "own",
        r"Y,? (?:<adv> |will |would |can |that |which )*<fails>\b",
        "<fails>",
    ),
    Cue(
        "Y can't",
        0.5,
        "Y won't get you there",
        "own",
        r"Y ~1 (?:can't|cannot|won't|never|rarely|seldom|hardly|wouldn't|will not|alone)\b",
        "can't cannot won't never rarely seldom hardly wouldn't not alone",
        keeps_not=True,
    ),
    Cue(
        "without X",
        0.7,
        "without X you are lost",
        "own",
        r"\b(?:without|lacking|lack|lacked|lacks|missing) ~2 X",
        "without lacking lack lacked lacks missing",
        keeps_not=True,
    ),
    Cue(
        "problem with Y",
        1.0,
        "the problem with Y is speed",
        "own",
        r"\b(?:problem|trouble|issue|downside|drawback|danger|risk|trap|disadvantage|mistake|cons?|cost) ~1 (?:with|of|"
        r"in|to|about) ~3 Y",
        "problem trouble issue downside drawback danger risk trap disadvantage mistake con cons cost",
    ),
    Cue(
        "the problem is Y",
        0.8,
        "the bottleneck is Y",
        "own",
        r"\b(?:problem|trouble|issue|downside|drawback|mistake|bottleneck|weak (?:link|spot)) (?:is|was|are|were) ~3 Y",
        "problem trouble issue downside drawback mistake bottleneck weak",
    ),
    Cue(
        "Y is just",
        0.5,
        "Y is just noise",
        "own",
        r"Y ~1 <be> (?:just|merely|nothing but|little more than|glorified)\b",
        "just merely nothing little glorified",
    ),
    Cue(
        "benefit of X",
        1.0,
        "the beauty of X is focus",
        "own",
        r"\b(?<!take )(?<!taking )(?<!takes )(?<!took )(?<!full )(?:benefits?|advantages?|upside|beauty|virtues?|"
        r"strengths?|pros?|power|importance|lot to be said) ~1 (?:of|to|for|in) ~3 X",
        "benefit benefits advantage advantages upside beauty virtue virtues strength strengths pro pros power "
        "importance said",
    ),
    Cue("tried Y", 0.6, "we tried to do it with Y", "own", r"\b(?:i|we|they) (?:\w+ )?tried ~6 Y", "tried"),
    Cue(
        "avoid Y",
        1.2,
        "i would avoid Y",
        "own",
        r"\b(?:avoid|avoided|skip|ditch|drop|stop|quit|forget|beware|steer clear|stay away|bother with|resist|hate|"
        r"dislike|distrust|tired|fed up|sick|burned|burnt|wary|afraid|cautious|careful with|weaned) ~3 Y",
        "avoid avoided skip ditch drop stop quit forget beware clear away bother resist hate dislike distrust tired "
        "fed sick burned burnt wary afraid cautious careful weaned",
    ),
]

TEACHING = [
    Cue(
        "Y can be taught",
        1.4,
        "Y can be taught",
        "own",
        r"Y ~4 (?:can|could|may|will|is|are|be|get|gets|easy|easier|easily|to be|being) ~4 <taught>",
        "<taught>",
        teachable=True,
    ),
    Cue(
        "Y is something to learn",
        1.2,
        "Y is also an area that, with a good manager, can be coached",
        "own",
        r"Y ~3 (?:area|thing|things|something|skill|stuff|part)\b.{0,60}\b(?:can|could) be <taught>",
        "<taught>",
        teachable=True,
    ),
    Cue(
        "you can teach Y",
        1.3,
        "you can teach anyone Y",
        "own",
        r"\b(?:can|could|easy to|easier to|simple to|possible to|happy to|rather|will|'ll|we) ~3 <teach> ~5 Y",
        "<teach>",
        teachable=True,
    ),
    Cue(
        "can't teach X",
        1.5,
        "it is very hard to teach X",
        "own",
        r"\b(?:can't|cannot|can not|couldn't|never|impossible to|hard to|harder to|difficult to|tough to|tougher to|"
        r"unable to|no way to|yet to|won't|not|nobody can|no one can) ~4 <teach> ~5 X",
        "<teach>",
        keeps_not=True,
        teachable=True,
    ),
    Cue(
        "no course for X",
        1.4,
        "there is no course for X",
        "own",
        r"\bno (?:\w+ )?(?:course|class|training|program|programme|playbook|certificate|bootcamp|script|shortcut|book) "
        r"(?:for|that|to|in|on) ~4 X",
        "course class training program programme playbook certificate bootcamp script shortcut book",
        keeps_not=True,
        teachable=True,
    ),
    Cue(
        "X is hard to teach",
        1.5,
        "X is much more difficult to teach",
        "own",
        r"X ~5 (?:can't|cannot|isn't|aren't|hard|harder|difficult|impossible|tough|tougher|slow|tricky|not) ~4 "
        r"(?:<teach>|<taught>)\b|X ~3 (?:takes? (?:years|longer|time|decades)|(?:can't|cannot)$)",
        "<teach> <taught> take takes can't cannot",
        keeps_not=True,
        teachable=True,
    ),
]

SIDES = [*COMPARISONS, *CHOICES, *EVALUATIONS, *TEACHING]
