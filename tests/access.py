"""What everybody is answered at every address.

ACTORS, in the order of the columns: nobody signed in; operator, supervisor, and customs officer of the warehouse HRS;
an auditor and an administrator of the whole zone; somebody of an airline that lifted nothing; an operator of another
warehouse; somebody of the airline whose tickets, statement and dispute stand in the addresses; and the administrators
of the keeper of HRS, of its customs office, of that airline, and, in turn, of an owner, a carrier, a fuel supplier and
a maintenance organisation. A row that leaves these four out forbids them, and one of them in turn asks: what is
documents', is no administrator's.

    s  is sent to sign in (a page) or told to (401)      f  is forbidden (403)
    r  reads (200)                                       n  finds nothing (404): it is not theirs to see
    l  is led on to another page                         a  may act: it is done, or refused for its figures alone

The objects in the addresses belong to HRS. Bodies are empty, and documents are in some state: an act that is not due
is answered with a broken rule, which here is `a` too; who may not do it at all is told so whatever the state.
"""

ACTORS = (
    *("anonymous", "operator", "supervisor", "auditor", "customs_officer", "administrator", "airline", "stranger"),
    *("carrier", "keeper_admin", "customs_admin", "airline_admin", "other_admin"),
)

MATRIX = """
GET    healthz                           r r r r r r r r r r r r r
GET    sign_in                           r r r r r r r r r r r r r
POST   sign_in                           a a a a a a a a a a a a a
POST   sign_out                          a a a a a a a a a a a a a
POST   preferences                       a a a a a a a a a a a a a
GET    api_schema                        s r r r r r r r r r r r r
GET    api_docs                          s r r r r r r r r r r r r
POST   api_sign_in                       a a a a a a a a a a a a a
POST   api_sign_out                      s a a a a a a a a a a a a
GET    api_me                            s r r r r r r r r r r r r
GET    api_unit-list                     s r r r r r r r r r r r r
GET    api_unit-detail                   s r r r r r r r r r r r r
GET    api_hs_code-list                  s r r r r r r r r r r r r
GET    api_hs_code-detail                s r r r r r r r r r r r r
GET    api_zone-list                     s r r r r r r r r r r r r
GET    api_zone-detail                   s r r r r r r r r r r r r
GET    api_item-list                     s r r r r r r r r r r r r
POST   api_item-list                     s f f f f a f f f
GET    api_item-detail                   s r r r r r r r r r r r r
PATCH  api_item-detail                   s f f f f a f f f
GET    api_item-history                  s r r r r r r r r r r r r
GET    api_airport-list                  s r r r r r r r r r r r r
POST   api_airport-list                  s f f f f a f f f
GET    api_airport-detail                s r r r r r r r r r r r r
PATCH  api_airport-detail                s f f f f a f f f
GET    api_airport-history               s r r r r r r r r r r r r
GET    api_airline-list                  s r r r r r r r r r r r r
POST   api_airline-list                  s f f f f a f f f
GET    api_airline-detail                s r r r r r n r r r r r r
PATCH  api_airline-detail                s f f f f a n f f
GET    api_airline-history               s r r r r r n r r r r r r
GET    api_aircraft-list                 s r r r r r r r r r r r r
POST   api_aircraft-list                 s f f f f a f f f
GET    api_aircraft-detail               s r r r r r n r r r r r r
PATCH  api_aircraft-detail               s f f f f a n f f
GET    api_aircraft-history              s r r r r r n r r r r r r
GET    api_organisation-list             s r r r r r r r r r r r r
POST   api_organisation-list             s f f f f a f f f
GET    api_organisation-detail           s r r r r r n r n r r n r
PATCH  api_organisation-detail           s f f f f a n f n f f n f
GET    api_organisation-history          s r r r r r n r n r r n r
GET    api_site-list                     s r r r r r r r r r r r r
POST   api_site-list                     s f f f f a f f f
GET    api_site-detail                   s r r r r r n n n r r n n
PATCH  api_site-detail                   s f f f f a n n n f f n n
GET    api_site-history                  s r r r r r n n n r r n n
GET    api_place-list                    s r r r r r r r r r r r r
POST   api_place-list                    s f f f f a f f f a a f f
GET    api_place-detail                  s r r r r r n n n r r n n
PATCH  api_place-detail                  s f f f f a n n n a a n n
GET    api_place-history                 s r r r r r n n n r r n n
GET    api_exchange_rate-list            s r r r r r r r r r r r r
POST   api_exchange_rate-list            s f f f f a f f f
GET    api_exchange_rate-detail          s r r r r r r r r r r r r
PATCH  api_exchange_rate-detail          s f f f f a f f f
GET    api_exchange_rate-history         s r r r r r r r r r r r r
GET    api_country_group-list            s r r r r r r r r r r r r
GET    api_country_group-detail          s r r r r r r r r r r r r
GET    api_tariff_rate-list              s r r r r r r r r r r r r
POST   api_tariff_rate-list              s f f f f a f f f
GET    api_tariff_rate-detail            s r r r r r r r r r r r r
PATCH  api_tariff_rate-detail            s f f f f a f f f
GET    api_tariff_rate-history           s r r r r r r r r r r r r
GET    api_user-list                     s r r r r r r r r r r r r
POST   api_user-list                     s f f f f a f f f a a a a
GET    api_user-detail                   s r r r n r n n n r n n n
PATCH  api_user-detail                   s f f f n a n n n a n n n
GET    api_user-history                  s r r r n r n n n r n n n
GET    api_user-tokens                   s r f f n r n n n r n n n
DELETE api_user-token                    s a f f n a n n n a n n n
GET    api_membership-list               s r r r r r r r r r r r r
POST   api_membership-list               s f f f f a f f f a a a a
DELETE api_membership-detail             s f f f n a n n n a n n n
GET    api_membership-detail             s r r r n r n n n r n n n
GET    api_membership-history            s r r r n r n n n r n n n
GET    api_lot-list                      s r r r r f f r f
GET    api_lot-detail                    s r r r r f f n f
GET    api_lot-life                      s r r r r f f n f
GET    api_transaction-list              s r r r r f f r f
GET    api_transaction-detail            s r r r r f f n f
GET    api_entry-list                    s r r r r f f r f
GET    api_balance-list                  s r r r r f f r f
GET    api_stock-list                    s r r r r f f r f
GET    api_stock-totals                  s r r r r f f r f
GET    api_account_book-list             s r r r r r f r f r r r r
POST   api_account_book-list             s f f f f a f f f a a f f
GET    api_account_book-detail           s r r r r r f n f r r n n
PATCH  api_account_book-detail           s f f f f a f n f a a n n
POST   api_account_book-close            s f f f f a f n f a a n n
GET    api_account_book-history          s r r r r r f n f r r n n
GET    api_account_book-readings         s r r r r r f n f r r n n
GET    api_guarantee-list                s r r r r r f r f r r r r
POST   api_guarantee-list                s f f f f a f f f a a f f
GET    api_guarantee-detail              s r r r r r f n f r r n n
PATCH  api_guarantee-detail              s f f f f a f n f a a n n
GET    api_guarantee-history             s r r r r r f n f r r n n
GET    api_regime-list                   s r r r r r f r f r r r r
GET    api_regime-detail                 s r r r r r f r f r r r r
PATCH  api_regime-detail                 s f f f f a f f f
GET    api_regime-history                s r r r r r f r f r r r r
GET    api_period-list                   s f r r r f f f f
POST   api_period-list                   s f a f a f f f f
GET    api_period-checklist              s f r r r f f f f
GET    api_period-detail                 s f r r r f f f f
GET    api_admission-list                s r r r r f f r f
POST   api_admission-list                s a a f f f f a f
GET    api_admission-detail              s r r r r f f n f
PATCH  api_admission-detail              s a a f f f f n f
PUT    api_admission-detail              s a a f f f f n f
GET    api_admission-acceptance          s n n n n f f n f
POST   api_admission-accept              s f a f a f f n f
POST   api_admission-arrive              s a a f f f f n f
POST   api_admission-close               s f a f a f f n f
POST   api_admission-count               s a a f f f f n f
GET    api_admission-history             s r r r r f f n f
POST   api_admission-request-reversal    s a a f f f f n f
POST   api_admission-return              s f a f a f f n f
POST   api_admission-take-back           s a a f f f f n f
POST   api_admission-submit              s a a f f f f n f
POST   api_admission-number              s f a f a f f n f
POST   api_admission-void                s a a f f f f n f
GET    api_withdrawal-list               s r r r r f f r f
POST   api_withdrawal-list               s a a f f f f a f
GET    api_withdrawal-detail             s r r r r f f n f
PATCH  api_withdrawal-detail             s a a f f f f n f
PUT    api_withdrawal-detail             s a a f f f f n f
GET    api_withdrawal-acceptance         s n n n n f f n f
POST   api_withdrawal-accept             s f a f a f f n f
POST   api_withdrawal-close              s f a f a f f n f
GET    api_withdrawal-history            s r r r r f f n f
POST   api_withdrawal-pass-gate          s a a f f f f n f
POST   api_withdrawal-pay                s f a f f f f n f
POST   api_withdrawal-pick               s a a f f f f n f
POST   api_withdrawal-release            s f a f a f f n f
POST   api_withdrawal-request-reversal   s a a f f f f n f
POST   api_withdrawal-return             s f a f a f f n f
POST   api_withdrawal-take-back          s a a f f f f n f
POST   api_withdrawal-submit             s a a f f f f n f
POST   api_withdrawal-number             s f a f a f f n f
POST   api_withdrawal-void               s a a f f f f n f
GET    api_relocation-list               s r r r r f f r f
POST   api_relocation-list               s a a f f f f a f
POST   api_relocation-batch              s a a f f f f a f
GET    api_relocation-detail             s r r r r f f n f
GET    api_relocation-history            s r r r r f f n f
POST   api_relocation-request-reversal   s a a f f f f n f
GET    api_stock_count-list              s r r r r f f r f
POST   api_stock_count-list              s a a f f f f a f
GET    api_stock_count-detail            s r r r r f f n f
POST   api_stock_count-approve           s f a f f f f n f
POST   api_stock_count-counts            s a a f f f f n f
GET    api_stock_count-history           s r r r r f f n f
POST   api_stock_count-pay               s a a f f f f n f
POST   api_stock_count-recounts          s a a f f f f n f
POST   api_stock_count-request-reversal  s a a f f f f n f
POST   api_stock_count-void              s a a f f f f n f
GET    api_suspense-list                 s r r r r f f r f
GET    api_suspense_resolution-list      s r r r r f f r f
POST   api_suspense_resolution-list      s a a f f f f a f
GET    api_suspense_resolution-detail    s r r r r f f n f
GET    api_suspense_resolution-history   s r r r r f f n f
POST   api_suspense_resolution-approve   s f a f a f f n f
POST   api_suspense_resolution-pay       s a a f f f f n f
POST   api_suspense_resolution-refuse    s f a f a f f n f
POST   api_suspense_resolution-take-back s a a f f f f n f
POST   api_suspense_resolution-request-reversal s a a f f f f n f
GET    api_reversal-list                 s r r r r f f r f
POST   api_reversal-list                 s a a f f f f a f
GET    api_reversal-detail               s r r r r f f n f
POST   api_reversal-approve              s f a f f f f n f
GET    api_reversal-history              s r r r r f f n f
POST   api_reversal-refuse               s f a f f f f n f
POST   api_reversal-take-back            s a a f f f f n f
GET    reconciliation                    s f r r r f f f f
GET    reports:start                     s r r r r r r r r r r r r
GET    reports:scan                      s r r r r f f r f
GET    reports:reconciliation            s f r r r f f f f
GET    reports:reconciliation_under_way  s f r r r f f f f
GET    reports:book_movements            s r r r r f f r f
GET    registry:item_list                s r r r r r r r r r r r r
GET    registry:item_suggest             s r r r r r r r r r r r r
GET    registry:item_add                 s f f f f r f f f
POST   registry:item_add                 s f f f f a f f f
GET    registry:item_detail              s r r r r r r r r r r r r
GET    registry:item_change              s f f f f r f f f
POST   registry:item_change              s f f f f a f f f
GET    registry:hs_code_list             s r r r r r r r r r r r r
GET    registry:hs_code_suggest          s r r r r r r r r r r r r
GET    registry:unit_suggest             s r r r r r r r r r r r r
GET    registry:site_list                s r r r r r r r r r r r r
GET    registry:site_add                 s f f f f r f f f
POST   registry:site_add                 s f f f f a f f f
GET    registry:site_detail              s r r r r r n n n r r n n
GET    registry:site_change              s f f f f r n n n f f n n
POST   registry:site_change              s f f f f a n n n f f n n
GET    registry:place_add                s f f f f r n n n r r n n
POST   registry:place_add                s f f f f a n n n a a n n
GET    registry:place_list               s r r r r r r r r r r r r
GET    registry:place_suggest            s r r r r r r r r r r r r
GET    registry:place_detail             s r r r r r n n n r r n n
GET    registry:place_change             s f f f f r n n n r r n n
POST   registry:place_change             s f f f f a n n n a a n n
GET    registry:airport_list             s r r r r r r r r r r r r
GET    registry:airport_add              s f f f f r f f f
POST   registry:airport_add              s f f f f a f f f
GET    registry:airport_detail           s r r r r r r r r r r r r
GET    registry:airport_change           s f f f f r f f f
POST   registry:airport_change           s f f f f a f f f
GET    registry:airline_list             s r r r r r r r r r r r r
GET    registry:airline_add              s f f f f r f f f
POST   registry:airline_add              s f f f f a f f f
GET    registry:airline_detail           s r r r r r n r r r r r r
GET    registry:airline_change           s f f f f r n f f
POST   registry:airline_change           s f f f f a n f f
GET    registry:aircraft_list            s r r r r r r r r r r r r
GET    registry:aircraft_add             s f f f f r f f f
POST   registry:aircraft_add             s f f f f a f f f
GET    registry:aircraft_detail          s r r r r r n r r r r r r
GET    registry:aircraft_change          s f f f f r n f f
POST   registry:aircraft_change          s f f f f a n f f
GET    registry:organisation_list        s r r r r r r r r r r r r
GET    registry:organisation_add         s f f f f r f f f
POST   registry:organisation_add         s f f f f a f f f
GET    registry:organisation_detail      s r r r r r n r n r r n r
GET    registry:organisation_change      s f f f f r n f n f f n f
POST   registry:organisation_change      s f f f f a n f n f f n f
GET    registry:exchange_rate_list       s r r r r r r r r r r r r
GET    registry:exchange_rate_add        s f f f f r f f f
POST   registry:exchange_rate_add        s f f f f a f f f
GET    registry:exchange_rate_detail     s r r r r r r r r r r r r
GET    registry:exchange_rate_change     s f f f f r f f f
POST   registry:exchange_rate_change     s f f f f a f f f
GET    registry:tariff_rate_list         s r r r r r r r r r r r r
GET    registry:tariff_rate_add          s f f f f r f f f
POST   registry:tariff_rate_add          s f f f f a f f f
GET    registry:tariff_rate_detail       s r r r r r r r r r r r r
GET    registry:tariff_rate_change       s f f f f r f f f
POST   registry:tariff_rate_change       s f f f f a f f f
GET    registry:user_list                s r r r r r r r r r r r r
GET    registry:user_add                 s f f f f r f f f r r r r
POST   registry:user_add                 s f f f f a f f f a a a a
GET    registry:user_detail              s r r r n r n n n r n n n
GET    registry:user_change              s f f f n r n n n r n n n
POST   registry:user_change              s f f f n a n n n a n n n
GET    registry:user_reset_password      s f f f n r n n n r n n n
POST   registry:user_reset_password      s f f f n a n n n a n n n
GET    registry:user_token_revoke        s f f f n r n n n r n n n
POST   registry:user_token_revoke        s f f f n a n n n a n n n
GET    registry:membership_add           s f f f n r n n n r n n n
POST   registry:membership_add           s f f f n a n n n a n n n
GET    registry:membership_revoke        s f f f n r n n n r n n n
POST   registry:membership_revoke        s f f f n a n n n a n n n
GET    registry:own_settings             s r r r r r r r r r r r r
POST   registry:own_settings             s a a a a a a a a a a a a
GET    registry:own_password             s r r r r r r r r r r r r
POST   registry:own_password             s a a a a a a a a a a a a
GET    registry:kept_file                s r n n n n n n n n n n n
GET    registry:token_list               s r r r r r r r r r r r r
GET    registry:token_add                s r r r r r r r r r r r r
POST   registry:token_add                s a a a a a a a a a a a a
GET    registry:token_revoke             s r n n n n n n n n n n n
POST   registry:token_revoke             s a n n n n n n n n n n n
GET    customs:account_book_list         s r r r r r f r f r r r r
GET    customs:account_book_add          s f f f f r f f f r r f f
POST   customs:account_book_add          s f f f f a f f f a a f f
GET    customs:account_book_detail       s r r r r r f n f r r n n
GET    customs:account_book_readings     s r r r r r f n f r r n n
GET    customs:account_book_change       s f f f f r n n n r r n n
POST   customs:account_book_change       s f f f f a n n n a a n n
GET    customs:account_book_close        s f f f f r n n n r r n n
POST   customs:account_book_close        s f f f f a n n n a a n n
GET    customs:guarantee_list            s r r r r r f r f r r r r
GET    customs:guarantee_add             s f f f f r f f f r r f f
POST   customs:guarantee_add             s f f f f a f f f a a f f
GET    customs:guarantee_detail          s r r r r r f n f r r n n
GET    customs:guarantee_change          s f f f f r n n n r r n n
POST   customs:guarantee_change          s f f f f a n n n a a n n
GET    customs:regime_list               s r r r r r f r f r r r r
GET    customs:regime_detail             s r r r r r f r f r r r r
GET    customs:regime_change             s f f f f r f f f
POST   customs:regime_change             s f f f f a f f f
GET    api_notice-list                   s r r r r r r r r r r r r
GET    api_notice-detail                 s r n n n n n n n n n n n
POST   api_notice-read                   s a n n n n n n n n n n n
POST   api_notice-read-all               s a a a a a a a a a a a a
GET    documents:notice_list             s r r r r r r r r r r r r
GET    documents:notice_open             s l n n n n n n n n n n n
GET    documents:notice_read_all         s r r r r r r r r r r r r
POST   documents:notice_read_all         s a a a a a a a a a a a a
GET    documents:approvals                 s f r f r f f f f
GET    customs:period_list               s f r r r f f f f
GET    customs:period_detail             s f r r r f f f f
GET    customs:period_close              s f r f r f f f f
POST   customs:period_close              s f a f a f f f f
GET    ledger:stock                      s r r r r f f r f
GET    ledger:lot_list                   s r r r r f f r f
GET    ledger:lot_suggest                s r r r r f f r f
GET    ledger:lot_detail                 s r r r r f f n f
GET    bonded:admission_list             s r r r r f f r f
GET    bonded:admission_add              s r r f f f f r f
POST   bonded:admission_add              s a a f f f f a f
GET    bonded:admission_detail           s r r r r f f n f
GET    bonded:admission_submit           s r r f f f f n f
POST   bonded:admission_submit           s a a f f f f n f
GET    bonded:admission_accept           s f r f r f f n f
POST   bonded:admission_accept           s f a f a f f n f
GET    bonded:admission_return           s f r f r f f n f
GET    bonded:admission_take_back        s r r f f f f n f
POST   bonded:admission_return           s f a f a f f n f
POST   bonded:admission_take_back        s a a f f f f n f
GET    bonded:admission_arrive           s r r f f f f n f
POST   bonded:admission_arrive           s a a f f f f n f
GET    bonded:admission_count            s r r f f f f n f
POST   bonded:admission_count            s a a f f f f n f
GET    bonded:admission_close            s f r f r f f n f
POST   bonded:admission_close            s f a f a f f n f
GET    bonded:admission_number           s f r f r f f n f
POST   bonded:admission_number           s f a f a f f n f
GET    bonded:admission_void             s r r f f f f n f
POST   bonded:admission_void             s a a f f f f n f
GET    bonded:admission_change           s r r f f f f n f
POST   bonded:admission_change           s a a f f f f n f
GET    bonded:admission_reverse          s r r f f f f n f
POST   bonded:admission_reverse          s a a f f f f n f
GET    bonded:withdrawal_list            s r r r r f f r f
GET    bonded:withdrawal_add             s r r f f f f r f
POST   bonded:withdrawal_add             s a a f f f f a f
GET    bonded:withdrawal_detail          s r r r r f f n f
GET    bonded:withdrawal_submit          s r r f f f f n f
POST   bonded:withdrawal_submit          s a a f f f f n f
GET    bonded:withdrawal_accept          s f r f r f f n f
POST   bonded:withdrawal_accept          s f a f a f f n f
GET    bonded:withdrawal_return          s f r f r f f n f
GET    bonded:withdrawal_take_back       s r r f f f f n f
POST   bonded:withdrawal_return          s f a f a f f n f
POST   bonded:withdrawal_take_back       s a a f f f f n f
GET    bonded:withdrawal_pay             s f r f f f f n f
POST   bonded:withdrawal_pay             s f a f f f f n f
GET    bonded:withdrawal_pick            s r r f f f f n f
POST   bonded:withdrawal_pick            s a a f f f f n f
GET    bonded:withdrawal_pass            s r r f f f f n f
POST   bonded:withdrawal_pass            s a a f f f f n f
GET    bonded:withdrawal_release         s f r f r f f n f
POST   bonded:withdrawal_release         s f a f a f f n f
GET    bonded:withdrawal_close           s f r f r f f n f
POST   bonded:withdrawal_close           s f a f a f f n f
GET    bonded:withdrawal_number          s f r f r f f n f
POST   bonded:withdrawal_number          s f a f a f f n f
GET    bonded:withdrawal_void            s r r f f f f n f
POST   bonded:withdrawal_void            s a a f f f f n f
GET    bonded:withdrawal_change          s r r f f f f n f
POST   bonded:withdrawal_change          s a a f f f f n f
GET    bonded:withdrawal_reverse         s r r f f f f n f
POST   bonded:withdrawal_reverse         s a a f f f f n f
GET    bonded:relocation_list            s r r r r f f r f
GET    bonded:relocation_add             s r r f f f f r f
POST   bonded:relocation_add             s a a f f f f a f
GET    bonded:relocation_detail          s r r r r f f n f
GET    bonded:relocation_reverse         s r r f f f f n f
POST   bonded:relocation_reverse         s a a f f f f n f
GET    bonded:stock_count_list           s r r r r f f r f
GET    bonded:stock_count_add            s r r f f f f r f
POST   bonded:stock_count_add            s a a f f f f a f
GET    bonded:stock_count_detail         s r r r r f f n f
GET    bonded:stock_count_counts         s r r f f f f n f
POST   bonded:stock_count_counts         s a a f f f f n f
GET    bonded:stock_count_recounts       s r r f f f f n f
POST   bonded:stock_count_recounts       s a a f f f f n f
GET    bonded:stock_count_approve        s f r f f f f n f
POST   bonded:stock_count_approve        s f a f f f f n f
GET    bonded:stock_count_pay            s r r f f f f n f
POST   bonded:stock_count_pay            s a a f f f f n f
GET    bonded:stock_count_void           s r r f f f f n f
POST   bonded:stock_count_void           s a a f f f f n f
GET    bonded:stock_count_reverse        s r r f f f f n f
POST   bonded:stock_count_reverse        s a a f f f f n f
GET    bonded:suspense_list              s r r r r f f r f
GET    bonded:suspense_settle            s r r f f f f n f
POST   bonded:suspense_settle            s a a f f f f n f
GET    bonded:suspense_resolution_list   s r r r r f f r f
GET    bonded:suspense_resolution_detail s r r r r f f n f
GET    bonded:suspense_resolution_approve s f r f r f f n f
POST   bonded:suspense_resolution_approve s f a f a f f n f
GET    bonded:suspense_resolution_refuse s f r f r f f n f
GET    bonded:suspense_resolution_take_back s r r f f f f n f
POST   bonded:suspense_resolution_refuse s f a f a f f n f
POST   bonded:suspense_resolution_take_back s a a f f f f n f
GET    bonded:suspense_resolution_pay    s r r f f f f n f
POST   bonded:suspense_resolution_pay    s a a f f f f n f
GET    bonded:suspense_resolution_reverse s r r f f f f n f
POST   bonded:suspense_resolution_reverse s a a f f f f n f
GET    documents:reversal_approve        s f r f f f f n f
POST   documents:reversal_approve        s f a f f f f n f
GET    documents:reversal_refuse         s f r f f f f n f
POST   documents:reversal_refuse         s f a f f f f n f
GET    documents:reversal_take_back      s r r f f f f n f
POST   documents:reversal_take_back      s a a f f f f n f
GET    ledger:owner_suggest              s r r r r f f r f
GET    ledger:bin_suggest                s r r r r f f r f
GET    ledger:free_lot_suggest           s r r r r f f r f
GET    ledger:scanned                    s r r r r f f r f
GET    api_declaration-list              s r r r r f f r f
POST   api_declaration-list              s a a f f f f a f
GET    api_declaration-detail            s r r r r f f n f
GET    api_declaration-history           s r r r r f f n f
GET    api_declaration-documents         s r r r r f f n f
POST   api_declaration-redraw            s a a f f f f n f
POST   api_declaration-submit            s a a f f f f n f
POST   api_declaration-return            s f f f a f f n f
POST   api_declaration-take-back         s a a f f f f n f
POST   api_declaration-accept            s f f f a f f n f
POST   api_declaration-release           s f f f a f f n f
POST   api_declaration-close             s f f f a f f n f
POST   api_declaration-number            s a a f a f f n f
POST   api_declaration-void              s a a f f f f n f
POST   api_declaration-reverse           s f f f a f f n f
GET    customs:declaration_list          s r r r r f f r f
GET    customs:declaration_detail        s r r r r f f n f
GET    customs:declaration_documents     s r r r r f f n f
GET    customs:declaration_add           s r r f f f f r f
POST   customs:declaration_add           s a a f f f f a f
GET    customs:declaration_redraw        s r r f f f f n f
POST   customs:declaration_redraw        s a a f f f f n f
GET    customs:declaration_submit        s r r f f f f n f
POST   customs:declaration_submit        s a a f f f f n f
GET    customs:declaration_return        s f f f r f f n f
GET    customs:declaration_take_back     s r r f f f f n f
POST   customs:declaration_return        s f f f a f f n f
POST   customs:declaration_take_back     s a a f f f f n f
GET    customs:declaration_accept        s f f f r f f n f
POST   customs:declaration_accept        s f f f a f f n f
GET    customs:declaration_release       s f f f r f f n f
POST   customs:declaration_release       s f f f a f f n f
GET    customs:declaration_close         s f f f r f f n f
POST   customs:declaration_close         s f f f a f f n f
GET    customs:declaration_number        s r r f r f f n f
POST   customs:declaration_number        s a a f a f f n f
GET    customs:declaration_void          s r r f f f f n f
POST   customs:declaration_void          s a a f f f f n f
GET    customs:declaration_reverse       s f f f r f f n f
POST   customs:declaration_reverse       s f f f a f f n f
GET    api_delivery_ticket-list                   s r r r r f r r r
POST   api_delivery_ticket-list                   s a a f f f f a f
GET    api_delivery_ticket-detail                 s r r r r f n n r
PATCH  api_delivery_ticket-detail                 s a a f f f n n f
PUT    api_delivery_ticket-detail                 s a a f f f n n f
GET    api_delivery_ticket-history                s r r r r f f n f
POST   api_delivery_ticket-take-in                s a a f f f f a f
POST   api_delivery_ticket-sign                   s a a f f f n n f
POST   api_delivery_ticket-match                  s f a f a f n n f
POST   api_delivery_ticket-reclassify             s f f f a f n n f
POST   api_delivery_ticket-replace                s f a f f f n n f
POST   api_delivery_ticket-void                   s f a f a f n n f
GET    api_defuel-list                   s r r r r f f r f
POST   api_defuel-list                   s a a f f f f a f
GET    api_defuel-detail                 s r r r r f f n f
GET    api_defuel-history                s r r r r f f n f
POST   api_defuel-release                s f a f a f f n f
POST   api_defuel-slop                   s f a f a f f n f
POST   api_defuel-void                   s f a f a f f n f
GET    api_flight-list                   s r r r r f f r f
POST   api_flight-list                   s a a f f f f a f
POST   api_flight-batch                  s a a f f f f a f
GET    api_flight-detail                 s r r r r f f n f
GET    api_fuel_consignment-list         s r r r r f f r f
POST   api_fuel_consignment-list         s a a f f f f a f
GET    api_fuel_consignment-detail       s r r r r f f n f
PATCH  api_fuel_consignment-detail       s a a f f f f n f
PUT    api_fuel_consignment-detail       s a a f f f f n f
GET    api_fuel_consignment-history      s r r r r f f n f
POST   api_fuel_consignment-accept       s f f f a f f n f
POST   api_fuel_consignment-return       s f f f a f f n f
POST   api_fuel_consignment-take-back    s a a f f f f n f
POST   api_fuel_consignment-submit       s a a f f f f n f
POST   api_fuel_consignment-approve-loss s f a f a f f n f
POST   api_fuel_consignment-admit-over   s f f f a f f n f
POST   api_fuel_consignment-take-out-over s f f f a f f n f
POST   api_fuel_consignment-hold         s a a f a f f n f
POST   api_fuel_consignment-number       s a a f a f f n f
POST   api_fuel_consignment-receive      s a a f f f f n f
POST   api_fuel_consignment-release      s f a f a f f n f
POST   api_fuel_consignment-reverse      s f a f a f f n f
POST   api_fuel_consignment-void         s a a f f f f n f
GET    api_status_change-list            s r r r r f f r f
POST   api_status_change-list            s a a f f f f a f
GET    api_status_change-detail          s r r r r f f n f
PATCH  api_status_change-detail          s a a f f f f n f
PUT    api_status_change-detail          s a a f f f f n f
GET    api_status_change-history         s r r r r f f n f
POST   api_status_change-accept          s f f f a f f n f
POST   api_status_change-return          s f f f a f f n f
POST   api_status_change-take-back       s a a f f f f n f
POST   api_status_change-void            s a a f f f f n f
POST   api_status_change-reverse         s f f f a f f n f
GET    api_tank_movement-list            s r r r r f f r f
POST   api_tank_movement-list            s a a f f f f a f
GET    api_tank_movement-detail          s r r r r f f n f
PATCH  api_tank_movement-detail          s a a f f f f n f
PUT    api_tank_movement-detail          s a a f f f f n f
GET    api_tank_movement-history         s r r r r f f n f
POST   api_tank_movement-approve         s f a f a f f n f
POST   api_tank_movement-return          s f a f a f f n f
POST   api_tank_movement-take-back       s a a f f f f n f
POST   api_tank_movement-void            s a a f f f f n f
POST   api_tank_movement-reverse         s f a f a f f n f
GET    api_price_index-list              s r r r r r f r f r r r r
POST   api_price_index-list              s f f f f a f f f
GET    api_price_index-detail            s r r r r r f r f r r r r
PATCH  api_price_index-detail            s f f f f a f f f
GET    api_price_index-history           s r r r r r f r f r r r r
GET    api_index_quote-list              s r r r r r f r f r r r r
POST   api_index_quote-list              s f f f f a f f f
GET    api_index_quote-detail            s r r r r r f r f r r r r
PATCH  api_index_quote-detail            s f f f f a f f f
GET    api_index_quote-history           s r r r r r f r f r r r r
POST   api_index_quote-publish           s f f f f a f f f
GET    api_index_quote-charges           s r r r r r f r f r r r r
POST   api_index_quote-rebill            s f a f f f f f f
GET    api_duty_paid_price-list          s r r r r r f r f r r r r
POST   api_duty_paid_price-list          s f f f f a f f f
GET    api_duty_paid_price-detail        s r r r r r f r f r r r r
PATCH  api_duty_paid_price-detail        s f f f f a f f f
GET    api_duty_paid_price-history       s r r r r r f r f r r r r
GET    api_relief_rule-list              s r r r r r r r r r r r r
POST   api_relief_rule-list              s f f f f a f f f
GET    api_relief_rule-detail            s r r r r r r r r r r r r
PATCH  api_relief_rule-detail            s f f f f a f f f
GET    api_relief_rule-history           s r r r r r r r r r r r r
GET    api_contract-list                 s r r r r f r r r
POST   api_contract-list                 s f a f f f f f f
GET    api_contract-detail               s r r r r f n n r
PATCH  api_contract-detail               s f a f f f n n f
POST   api_contract-end                  s f a f f f n n f
GET    api_contract-history              s r r r r f f n f
GET    api_payment-list                  s r r r r f r r r
POST   api_payment-list                  s f a f f f f f f
GET    api_payment-detail                s r r r r f n n r
GET    api_fuel_statement-list           s r r r r f r r r
POST   api_fuel_statement-list           s f a f f f f f f
GET    api_fuel_statement-detail         s r r r r f n n r
GET    api_fuel_statement-lines          s r r r r f n n r
GET    api_fuel_statement-file           s r r r r f n n r
GET    api_fuel_statement-history        s r r r r f f n f
POST   api_fuel_statement-reissue        s f a f f f n n f
GET    api_statement_run-list            s r r r r f f r f
POST   api_statement_run-list            s f a f f f f f f
GET    api_statement_run-detail          s r r r r f f n f
GET    api_statement_run-history         s r r r r f f n f
POST   api_statement_run-cancel          s f a f f f f n f
GET    api_charge-list                   s r r r r f r r r
GET    api_charge-detail                 s r r r r f n n r
GET    api_manual_charge-list            s r r r r f f r f
POST   api_manual_charge-list            s a a f f f f a f
GET    api_manual_charge-detail          s r r r r f f n f
PATCH  api_manual_charge-detail          s a a f f f f n f
PUT    api_manual_charge-detail          s a a f f f f n f
GET    api_manual_charge-history         s r r r r f f n f
POST   api_manual_charge-approve         s f a f f f f n f
POST   api_manual_charge-return          s f a f f f f n f
POST   api_manual_charge-take-back       s a a f f f f n f
POST   api_manual_charge-void            s a a f f f f n f
POST   api_charge-credit                 s f a f f f n n f
GET    api_tank_group-list               s r r r r r f r f r r r r
POST   api_tank_group-list               s f f f f a f f f a a f f
GET    api_tank_group-detail             s r r r r r f n f r r n n
PATCH  api_tank_group-detail             s f f f f a f n f a a n n
GET    api_tank_group-history            s r r r r r f n f r r n n
GET    api_tank-list                     s r r r r r f r f r r r r
POST   api_tank-list                     s f f f f a f f f a a f f
GET    api_tank-detail                   s r r r r r f n f r r n n
PATCH  api_tank-detail                   s f f f f a f n f a a n n
GET    api_tank-history                  s r r r r r f n f r r n n
GET    api_strapping_table-list          s r r r r r f r f r r r r
POST   api_strapping_table-list          s f a f f a f f f a a f f
GET    api_strapping_table-detail        s r r r r r f n f r r n n
GET    api_meter-list                    s r r r r r f r f r r r r
POST   api_meter-list                    s f f f f a f f f a a f f
GET    api_meter-detail                  s r r r r r f n f r r n n
PATCH  api_meter-detail                  s f f f f a f n f a a n n
GET    api_meter-history                 s r r r r r f n f r r n n
GET    api_meter_proving-list            s r r r r r f r f r r r r
POST   api_meter_proving-list            s f a f f a f f f a a f f
GET    api_meter_proving-detail          s r r r r r f n f r r n n
GET    api_fuel_limits-list              s r r r r r f r f r r r r
POST   api_fuel_limits-list              s f f f f a f f f a a f f
GET    api_fuel_limits-detail            s r r r r r f n f r r n n
PATCH  api_fuel_limits-detail            s f f f f a f n f a a n n
GET    api_fuel_limits-history           s r r r r r f n f r r n n
GET    api_ticket_exception-list         s r r r r f f r f
GET    api_ticket_exception-detail       s r r r r f f n f
GET    api_measurement_basis-list        s r r r r r f r f r r r r
POST   api_measurement_basis-list        s f f f f a f f f a a f f
GET    api_measurement_basis-detail      s r r r r r f n f r r n n
GET    api_measurement_basis-history     s r r r r r f n f r r n n
GET    api_reconciliation_rule-list      s r r r r r f r f r r r r
POST   api_reconciliation_rule-list      s f f f f a f f f a a f f
GET    api_reconciliation_rule-detail    s r r r r r f n f r r n n
GET    api_reconciliation_rule-history   s r r r r r f n f r r n n
GET    api_movement_limit-list           s r r r r r f r f r r r r
POST   api_movement_limit-list           s f f f f a f f f a a f f
GET    api_movement_limit-detail         s r r r r r f n f r r n n
GET    api_movement_limit-history        s r r r r r f n f r r n n
GET    api_gauge-list                    s r r r r f f r f
POST   api_gauge-list                    s a a f f f f a f
GET    api_gauge-detail                  s r r r r f f n f
GET    api_gauge-history                 s r r r r f f n f
POST   api_gauge-void                    s a a f f f f n f
GET    api_tank_reconciliation-list      s r r r r f f r f
POST   api_tank_reconciliation-list      s a a f f f f a f
GET    api_tank_reconciliation-detail    s r r r r f f n f
GET    api_tank_reconciliation-history   s r r r r f f n f
POST   api_tank_reconciliation-explain   s a a f f f f n f
POST   api_tank_reconciliation-approve   s f a f f f f n f
POST   api_tank_reconciliation-void      s a a f f f f n f
POST   api_tank_reconciliation-reverse   s f a f f f f n f
POST   api_fuel_calculation              s a a a a a a a a a a a a
GET    fuel:calculator                   s r r r r r r r r r r r r
GET    fuel:delivery_ticket_list                  s r r r r f r r r
GET    fuel:delivery_ticket_add                   s r r f f f f r f
POST   fuel:delivery_ticket_add                   s a a f f f f a f
GET    fuel:delivery_ticket_import                s r r f f f f r f
POST   fuel:delivery_ticket_import                s a a f f f f a f
GET    fuel:delivery_ticket_match_all             s f r f r f f f f
POST   fuel:delivery_ticket_match_all             s f a f a f f f f
GET    fuel:delivery_ticket_detail                s r r r r f n n r
GET    fuel:delivery_ticket_picture               s r r r r f n n r
GET    fuel:delivery_ticket_change                s r r f f f f n f
POST   fuel:delivery_ticket_change                s a a f f f f n f
GET    fuel:delivery_ticket_sign                  s r r f f f f n f
POST   fuel:delivery_ticket_sign                  s a a f f f f n f
GET    fuel:delivery_ticket_match                 s f r f r f f n f
POST   fuel:delivery_ticket_match                 s f a f a f f n f
GET    fuel:delivery_ticket_void                  s f r f r f f n f
POST   fuel:delivery_ticket_void                  s f a f a f f n f
GET    fuel:delivery_ticket_reclassify            s f f f r f f n f
POST   fuel:delivery_ticket_reclassify            s f f f a f f n f
GET    fuel:delivery_ticket_replace               s f r f f f f n f
POST   fuel:delivery_ticket_replace               s f a f f f f n f
GET    fuel:delivery_ticket_defuel                s r r f f f f n f
POST   fuel:delivery_ticket_defuel                s a a f f f f n f
GET    fuel:defuel_list                  s r r r r f f r f
GET    fuel:defuel_detail                s r r r r f f n f
GET    fuel:defuel_release               s f r f r f f n f
POST   fuel:defuel_release               s f a f a f f n f
GET    fuel:defuel_slop                  s f r f r f f n f
POST   fuel:defuel_slop                  s f a f a f f n f
GET    fuel:defuel_void                  s f r f r f f n f
POST   fuel:defuel_void                  s f a f a f f n f
GET    fuel:price_index_list             s r r r r r f r f r r r r
GET    fuel:price_index_add              s f f f f r f f f
POST   fuel:price_index_add              s f f f f a f f f
GET    fuel:price_index_detail           s r r r r r f r f r r r r
GET    fuel:price_index_change           s f f f f r f f f
POST   fuel:price_index_change           s f f f f a f f f
GET    fuel:index_quote_list             s r r r r r f r f r r r r
GET    fuel:index_quote_add              s f f f f r f f f
POST   fuel:index_quote_add              s f f f f a f f f
GET    fuel:index_quote_import           s f f f f r f f f
POST   fuel:index_quote_import           s f f f f a f f f
GET    fuel:index_quote_detail           s r r r r r f r f r r r r
GET    fuel:index_quote_change           s f f f f r f f f
POST   fuel:index_quote_change           s f f f f a f f f
GET    fuel:index_quote_rebill           s f r f f f f f f
POST   fuel:index_quote_rebill           s f a f f f f f f
GET    fuel:duty_paid_price_list         s r r r r r f r f r r r r
GET    fuel:duty_paid_price_add          s f f f f r f f f
POST   fuel:duty_paid_price_add          s f f f f a f f f
GET    fuel:duty_paid_price_detail       s r r r r r f r f r r r r
GET    fuel:duty_paid_price_change       s f f f f r f f f
POST   fuel:duty_paid_price_change       s f f f f a f f f
GET    fuel:contract_list                s r r r r f r r r
GET    fuel:contract_add                 s f r f f f f f f
POST   fuel:contract_add                 s f a f f f f f f
GET    fuel:contract_detail              s r r r r f n n r
GET    fuel:contract_change              s f r f f f f n f
POST   fuel:contract_change              s f a f f f f n f
GET    fuel:contract_end                 s f r f f f f n f
POST   fuel:contract_end                 s f a f f f f n f
GET    fuel:fuel_statement_list          s r r r r f r r r
GET    fuel:fuel_statement_add           s f r f f f f f f
POST   fuel:fuel_statement_add           s f a f f f f f f
GET    fuel:fuel_statement_detail        s r r r r f n n r
GET    fuel:fuel_statement_reissue       s f r f f f f n f
POST   fuel:fuel_statement_reissue       s f a f f f f n f
GET    fuel:fuel_statement_file          s r r r r f n n r
GET    fuel:statement_run_list           s r r r r f f r f
GET    fuel:statement_run_add            s f r f f f f f f
POST   fuel:statement_run_add            s f a f f f f f f
GET    fuel:statement_run_detail         s r r r r f f n f
GET    fuel:statement_run_cancel         s f r f f f f n f
POST   fuel:statement_run_cancel         s f a f f f f n f
GET    fuel:manual_charge_list           s r r r r f f r f
GET    fuel:manual_charge_add            s r r f f f f r f
POST   fuel:manual_charge_add            s a a f f f f a f
GET    fuel:manual_charge_detail         s r r r r f f n f
GET    fuel:manual_charge_approve        s f r f f f f n f
POST   fuel:manual_charge_approve        s f a f f f f n f
GET    fuel:manual_charge_return         s f r f f f f n f
GET    fuel:manual_charge_take_back      s r r f f f f n f
POST   fuel:manual_charge_return         s f a f f f f n f
POST   fuel:manual_charge_take_back      s a a f f f f n f
GET    fuel:manual_charge_change         s r r f f f f n f
POST   fuel:manual_charge_change         s a a f f f f n f
GET    fuel:manual_charge_void           s r r f f f f n f
POST   fuel:manual_charge_void           s a a f f f f n f
GET    fuel:charge_credit                s f r f f f f n f
POST   fuel:charge_credit                s f a f f f f n f
GET    api_fuel_dispute-list             s r r r r f r r r
POST   api_fuel_dispute-list             s a a f f f a a a
GET    api_fuel_dispute-detail           s r r r r f n n r
GET    api_fuel_dispute-history          s r r r r f f n f
GET    api_fuel_dispute-attachment       s r r r r f n n r
POST   api_fuel_dispute-answer           s f a f f f n n f
POST   api_fuel_dispute-reply            s f f f f f n n a
POST   api_fuel_dispute-withdraw         s f f f f f n n a
POST   api_fuel_dispute-refuse           s f a f f f n n f
POST   api_fuel_dispute-credit           s f a f f f n n f
GET    fuel:fuel_dispute_list            s r r r r f r r r
GET    fuel:fuel_dispute_detail          s r r r r f n n r
GET    fuel:fuel_dispute_attachment      s r r r r f n n r
GET    fuel:charge_dispute               s f f f f f n n r
POST   fuel:charge_dispute               s f f f f f n n a
GET    fuel:fuel_dispute_answer          s f r f f f n n f
POST   fuel:fuel_dispute_answer          s f a f f f n n f
GET    fuel:fuel_dispute_reply           s f f f f f n n r
POST   fuel:fuel_dispute_reply           s f f f f f n n a
GET    fuel:fuel_dispute_withdraw        s f f f f f n n r
POST   fuel:fuel_dispute_withdraw        s f f f f f n n a
GET    fuel:fuel_dispute_refuse          s f r f f f n n f
POST   fuel:fuel_dispute_refuse          s f a f f f n n f
GET    fuel:fuel_dispute_credit          s f r f f f n n f
POST   fuel:fuel_dispute_credit          s f a f f f n n f
GET    api_airline_account               s f f f f f f f r
GET    fuel:payment_list                 s r r r r f r r r
GET    fuel:payment_add                  s f r f f f f f f
POST   fuel:payment_add                  s f a f f f f f f
GET    fuel:flight_list                  s r r r r f f r f
GET    fuel:flight_add                   s r r f f f f r f
POST   fuel:flight_add                   s a a f f f f a f
GET    fuel:flight_import                s r r f f f f r f
POST   fuel:flight_import                s a a f f f f a f
GET    fuel:relief_rule_list             s r r r r r r r r r r r r
GET    fuel:relief_rule_add              s f f f f r f f f
POST   fuel:relief_rule_add              s f f f f a f f f
GET    fuel:relief_rule_detail           s r r r r r r r r r r r r
GET    fuel:relief_rule_change           s f f f f r f f f
POST   fuel:relief_rule_change           s f f f f a f f f
GET    fuel:fuel_consignment_list        s r r r r f f r f
GET    fuel:fuel_consignment_add         s r r f f f f r f
POST   fuel:fuel_consignment_add         s a a f f f f a f
GET    fuel:fuel_consignment_detail      s r r r r f f n f
GET    fuel:fuel_consignment_accept      s f f f r f f n f
POST   fuel:fuel_consignment_accept      s f f f a f f n f
GET    fuel:fuel_consignment_return      s f f f r f f n f
GET    fuel:fuel_consignment_take_back   s r r f f f f n f
POST   fuel:fuel_consignment_return      s f f f a f f n f
POST   fuel:fuel_consignment_take_back   s a a f f f f n f
GET    fuel:fuel_consignment_submit      s r r f f f f n f
POST   fuel:fuel_consignment_submit      s a a f f f f n f
GET    fuel:fuel_consignment_receive     s r r f f f f n f
POST   fuel:fuel_consignment_receive     s a a f f f f n f
GET    fuel:fuel_consignment_hold        s r r f r f f n f
POST   fuel:fuel_consignment_hold        s a a f a f f n f
GET    fuel:fuel_consignment_release     s f r f r f f n f
POST   fuel:fuel_consignment_release     s f a f a f f n f
GET    fuel:fuel_consignment_approve_loss s f r f r f f n f
POST   fuel:fuel_consignment_approve_loss s f a f a f f n f
GET    fuel:fuel_consignment_admit_over  s f f f r f f n f
POST   fuel:fuel_consignment_admit_over  s f f f a f f n f
GET    fuel:fuel_consignment_take_out_over s f f f r f f n f
POST   fuel:fuel_consignment_take_out_over s f f f a f f n f
GET    fuel:fuel_consignment_number      s r r f r f f n f
POST   fuel:fuel_consignment_number      s a a f a f f n f
GET    fuel:fuel_consignment_void        s r r f f f f n f
POST   fuel:fuel_consignment_void        s a a f f f f n f
GET    fuel:fuel_consignment_change      s r r f f f f n f
POST   fuel:fuel_consignment_change      s a a f f f f n f
GET    fuel:fuel_consignment_reverse     s f r f r f f n f
POST   fuel:fuel_consignment_reverse     s f a f a f f n f
GET    fuel:status_change_list           s r r r r f f r f
GET    fuel:status_change_add            s r r f f f f r f
POST   fuel:status_change_add            s a a f f f f a f
GET    fuel:status_change_detail         s r r r r f f n f
GET    fuel:status_change_accept         s f f f r f f n f
POST   fuel:status_change_accept         s f f f a f f n f
GET    fuel:status_change_return         s f f f r f f n f
GET    fuel:status_change_take_back      s r r f f f f n f
POST   fuel:status_change_return         s f f f a f f n f
POST   fuel:status_change_take_back      s a a f f f f n f
GET    fuel:status_change_change         s r r f f f f n f
POST   fuel:status_change_change         s a a f f f f n f
GET    fuel:status_change_void           s r r f f f f n f
POST   fuel:status_change_void           s a a f f f f n f
GET    fuel:status_change_reverse        s f f f r f f n f
POST   fuel:status_change_reverse        s f f f a f f n f
GET    fuel:tank_movement_list           s r r r r f f r f
GET    fuel:tank_movement_add            s r r f f f f r f
POST   fuel:tank_movement_add            s a a f f f f a f
GET    fuel:tank_movement_detail         s r r r r f f n f
GET    fuel:tank_movement_approve        s f r f r f f n f
POST   fuel:tank_movement_approve        s f a f a f f n f
GET    fuel:tank_movement_return         s f r f r f f n f
GET    fuel:tank_movement_take_back      s r r f f f f n f
POST   fuel:tank_movement_return         s f a f a f f n f
POST   fuel:tank_movement_take_back      s a a f f f f n f
GET    fuel:tank_movement_change         s r r f f f f n f
POST   fuel:tank_movement_change         s a a f f f f n f
GET    fuel:tank_movement_void           s r r f f f f n f
POST   fuel:tank_movement_void           s a a f f f f n f
GET    fuel:tank_movement_reverse        s f r f r f f n f
POST   fuel:tank_movement_reverse        s f a f a f f n f
GET    fuel:tank_group_list              s r r r r r f r f r r r r
GET    fuel:tank_group_add               s f f f f r f f f r r f f
POST   fuel:tank_group_add               s f f f f a f f f a a f f
GET    fuel:tank_group_detail            s r r r r r f n f r r n n
GET    fuel:tank_group_change            s f f f f r n n n r r n n
POST   fuel:tank_group_change            s f f f f a n n n a a n n
GET    fuel:tank_list                    s r r r r r f r f r r r r
GET    fuel:tank_add                     s f f f f r f f f r r f f
POST   fuel:tank_add                     s f f f f a f f f a a f f
GET    fuel:tank_detail                  s r r r r r f n f r r n n
GET    fuel:tank_change                  s f f f f r n n n r r n n
POST   fuel:tank_change                  s f f f f a n n n a a n n
GET    fuel:tank_load_strapping          s f r f f r f n f r r n n
POST   fuel:tank_load_strapping          s f a f f a f n f a a n n
GET    fuel:strapping_table_detail       s r r r r r f n f r r n n
GET    fuel:meter_list                   s r r r r r f r f r r r r
GET    fuel:meter_add                    s f f f f r f f f r r f f
POST   fuel:meter_add                    s f f f f a f f f a a f f
GET    fuel:meter_detail                 s r r r r r f n f r r n n
GET    fuel:meter_change                 s f f f f r n n n r r n n
POST   fuel:meter_change                 s f f f f a n n n a a n n
GET    fuel:meter_prove                  s f r f f r f n f r r n n
POST   fuel:meter_prove                  s f a f f a f n f a a n n
GET    fuel:fuel_limits_list             s r r r r r f r f r r r r
GET    fuel:fuel_limits_add              s f f f f r f f f r r f f
POST   fuel:fuel_limits_add              s f f f f a f f f a a f f
GET    fuel:fuel_limits_detail           s r r r r r f n f r r n n
GET    fuel:fuel_limits_change           s f f f f r n n n r r n n
POST   fuel:fuel_limits_change           s f f f f a n n n a a n n
GET    fuel:ticket_exception_list        s r r r r f f r f
GET    fuel:measurement_basis_list       s r r r r r f r f r r r r
GET    fuel:measurement_basis_add        s f f f f r f f f r r f f
POST   fuel:measurement_basis_add        s f f f f a f f f a a f f
GET    fuel:measurement_basis_detail     s r r r r r f n f r r n n
GET    fuel:reconciliation_rule_list     s r r r r r f r f r r r r
GET    fuel:reconciliation_rule_add      s f f f f r f f f r r f f
POST   fuel:reconciliation_rule_add      s f f f f a f f f a a f f
GET    fuel:reconciliation_rule_detail   s r r r r r f n f r r n n
GET    fuel:movement_limit_list          s r r r r r f r f r r r r
GET    fuel:movement_limit_add           s f f f f r f f f r r f f
POST   fuel:movement_limit_add           s f f f f a f f f a a f f
GET    fuel:movement_limit_detail        s r r r r r f n f r r n n
GET    fuel:gauge_list                   s r r r r f f r f
GET    fuel:gauge_add                    s r r f f f f r f
POST   fuel:gauge_add                    s a a f f f f a f
GET    fuel:gauge_detail                 s r r r r f f n f
GET    fuel:gauge_void                   s r r f f f f n f
POST   fuel:gauge_void                   s a a f f f f n f
GET    fuel:tank_reconciliation_list     s r r r r f f r f
GET    fuel:tank_reconciliation_add      s r r f f f f r f
POST   fuel:tank_reconciliation_add      s a a f f f f a f
GET    fuel:tank_reconciliation_detail   s r r r r f f n f
GET    fuel:tank_reconciliation_explain  s r r f f f f n f
POST   fuel:tank_reconciliation_explain  s a a f f f f n f
GET    fuel:tank_reconciliation_approve  s f r f f f f n f
POST   fuel:tank_reconciliation_approve  s f a f f f f n f
GET    fuel:tank_reconciliation_void     s r r f f f f n f
POST   fuel:tank_reconciliation_void     s a a f f f f n f
GET    fuel:tank_reconciliation_reverse  s f r f f f f n f
POST   fuel:tank_reconciliation_reverse  s f a f f f f n f
"""
