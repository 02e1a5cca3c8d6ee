"""The word lists that cues share (``<name>`` in a pattern), and words that carry no topic.

An underscore stands for a blank.
"""

WORDS = {
    "adv": "far much way even so very really truly simply just probably definitely certainly clearly absolutely "
    "personally honestly always usually generally often typically mostly still also actually almost rather "
    "quite pretty slightly somewhat strongly infinitely vastly considerably significantly arguably "
    "especially particularly a_bit a_little a_lot ever only highly heavily gladly happily instead "
    "almost_always every_time nearly_always easily totally completely tend_to",
    "be": "is are was were be being been seems seem feels feel looks look becomes become remains remain proves "
    "proved turns_out stays stay",
    "choose": "choose chose choosing pick picked take took go_with go_for going_with going_for went_with went_for "
    "opt_for opted_for lean leaned leaning leans prefer preferred prefers favor favour favoring favored "
    "prioritize prioritise prioritizing prioritising recommend recommended suggest advise vote bet back "
    "side_with argue_for advocate select stick_with stay_with stay start_with begin_with arrive_with "
    "show_up_with come_in_with walk_in_with come_with lead_with start_at begin_at start_in start_out "
    "default_to invest_in focus_on double_down_on edge_towards edge_toward err_on root_for come_down_on "
    "fall_on land_on hire hiring optimize_for optimise_for index_on go keep keep_it give report_to put use "
    "using",
    "do": "install employ adopt hire_a start begin go join work build run hire get bring have learn choose pick "
    "take report_to report sit live be belong do use buy invest focus make keep stay own outsource "
    "consider value want need look rely trust try aim put lead spend care worry develop grow move switch "
    "come lean prefer master study",
    "order": "choose pick take go start begin hire get bring join build learn invest prioritize prioritise focus "
    "buy opt stick lean bet trust arrive show_up walk_in lead switch report aim favor favour prefer "
    "default call stay remain promote let give put leave_it hand spend pay do keep use be become find grab "
    "ask_for insist_on",
    "good": "better best important essential crucial critical key vital valuable invaluable great good excellent "
    "fantastic strong powerful effective worth worthwhile worth_it necessary helpful useful amazing "
    "wonderful perfect ideal right safe safer smart fine fun preferable non-negotiable paramount "
    "fundamental indispensable underrated unbeatable superior priceless solid reliable everything "
    "worth_every_penny hard_to_beat where_it's_at ahead rewarding easier faster cheaper simpler stronger "
    "a_must mandatory required decisive gold a_better_choice a_good_choice a_great_choice the_foundation "
    "the_answer the_winner the_future",
    "bad": "worse worst bad overrated overkill slow slower expensive risky wrong useless pointless painful "
    "terrible awful dangerous a_mistake a_trap a_waste a_distraction a_gamble a_luxury a_crutch a_bonus "
    "a_nice a_nice-to-have nice_to_have nice-to-have table_stakes not_enough insufficient secondary "
    "optional irrelevant inferior poor weak weaker fragile brittle harder hard difficult costly wasteful "
    "unnecessary overhyped commodity a_commodity cheap limited limiting a_lottery a_nightmare a_headache "
    "a_poor_choice a_bad_idea poorly too harmful hopeless problematic unreliable overpriced a_mess "
    "a_disaster a_flop a_failure a_burden a_bottleneck a_red_herring theatre theater inefficient not_worth "
    "unwise cherries icing gravy",
    "worse": "worse slower weaker poorer harder inferior heavier uglier costlier pricier riskier dirtier crappier "
    "scarier noisier lesser sadder tougher buggier clunkier messier sloppier dumber shittier "
    "nastier bulkier shakier pickier louder dearer lousier",
    "unlike": "rather other either neither whether never over under ever after later higher lower older younger "
    "bigger larger longer shorter smaller earlier user computer customer manager number server developer "
    "designer player power paper water letter matter order offer another together however closer newer per "
    "her their center weather",
    "bad_more": "expensive difficult dangerous complicated complex costly risky boring painful likely_to_fail verbose "
    "problematic prone susceptible vulnerable annoying confusing frustrating harmful tedious cumbersome "
    "bloated error-prone disappointing",
    "loses": "lose loses lost losing waste wastes wasted wasting suffer suffers suffered consume consumes consumed "
    "crash crashes crashed crashing break breaks broke fail fails failed failing rust rusts drain drains drained "
    "burn_through burns_through goes_through go_through went_through overheat overheats",
    "costs": "cost costs costing take takes require requires demand demands",
    "beat": "beat beats beating outperform outperforms outperformed outweigh outweighs outweighed trump trumps "
    "surpass surpasses surpassed improves_on improve_on improved_on eclipse eclipses crush crushes outlast "
    "outlasts outrank outranks exceed exceeds outclass outclasses wins_over win_over wins_against "
    "win_against outdo outdoes outshine outshines edges_out edge_out blows_away blow_away outstrip "
    "outstrips carries_more matters_more_than ahead_of",
    "beaten": "beaten outperformed outweighed trumped surpassed eclipsed crushed outranked outclassed bested",
    "teach": "teach train coach learn pick_up develop show hand google acquire instill install impart master fake "
    "buy rent relearn get_up_to_speed_on ramp_up_on catch_up_on brush_up_on read_up_on figure_out "
    "look_up bolt_on retrofit download outsource teaching training coaching learning developing",
    "taught": "taught learned learnt trained coached developed acquired picked_up built improved googled mastered "
    "learnable teachable trainable coachable gained filled_in onboarded bought rented fixed looked_up "
    "come_later come_with added",
    "gives": "gives give offers offer lets let helps help teaches teach saves save brings bring provides provide "
    "forces builds build wins win lasts last works pays pay carries carry scales scale travels travel "
    "sticks stick keeps matters matter counts count makes make gets get opens open earns earn allows allow "
    "enables enable unlocks unlock compounds compound transfers transfer decides delivers thrive thrives "
    "thrived shines succeed succeeds protects survives survive speeds frees drives drive saved paid_off worked "
    "won helped taught gave brought earned carried",
    "fails": "fails fail suffers suffer wastes waste kills kill costs cost dilutes dilute slows slow breaks break "
    "ignores ignore forgets forget struggles struggle lacks lack burns burn hurts hurt hides hide dries "
    "disappears fade fades ages expires expire leave leaves locks bloats bores gets_stale go_stale "
    "runs_out run_out wears_out dates stalls dies die drowns cripples blocks failed cost hurt killed slowed broke "
    "wasted struggled sank decays decay "
    "becomes_obsolete become_obsolete",
    "not": "not never n't no nobody none neither nor without hardly rarely seldom cannot barely nothing isn't "
    "aren't wasn't weren't don't doesn't didn't won't wouldn't can't couldn't shouldn't hasn't haven't "
    "hadn't ain't dont doesnt wont cant isnt against",
    "win": "hands_down every_time any_day any_time anytime all_day all_the_way no_contest no_question "
    "no_hesitation without_question without_hesitation without_a_doubt no_doubt for_the_win ftw by_far "
    "by_a_mile by_a_distance by_a_long_way by_a_wide_margin for_sure definitely absolutely tbh please always 100% "
    "hundred_percent easily obviously "
    "full_stop period 100_percent nine_times_out_of_ten ten_times_out_of_ten every_single_time any_day_of_the_week "
    "no_question_about_it without_blinking wins",
    "pick": "vote pick choice answer preference bias money recommendation bet take advice default favourite "
    "favorite lean go-to instinct gut heart rule winner solution priority verdict conclusion suggestion "
    "call first_choice starting_point model",
}
