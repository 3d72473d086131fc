#include "tray/window/activitypage.h"

#include "tray/model/repowords.h"
#include "tray/window/heatmap.h"
#include "tray/window/parts.h"

#include <QGridLayout>
#include <QLocale>
#include <QPainter>
#include <QScrollArea>
#include <QVBoxLayout>

namespace AutoCommit {

namespace {

using namespace Qt::StringLiterals;

/// A bar as long as its share.
class ShareBar : public QWidget
{
public:
    ShareBar(double share, QWidget *parent)
        : QWidget(parent)
        , m_share(share)
    {
        setFixedHeight(10);
        setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = Theme::current();
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(Qt::NoPen);
        painter.setBrush(theme.heat.front());
        painter.drawRoundedRect(rect(), 5, 5);
        painter.setBrush(theme.heat.at(3));
        painter.drawRoundedRect(QRectF(0, 0, std::max(10.0, width() * m_share), height()), 5, 5);
    }

private:
    double m_share;
};

} // namespace

ActivityPage::ActivityPage(DaemonModel &daemon, QWidget *parent)
    : QWidget(parent)
    , m_daemon(daemon)
    , m_activity(daemon)
{
    auto *page = new QWidget;
    page->setObjectName(u"page"_s);
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(14);
    auto *figures = new QHBoxLayout;
    figures->setSpacing(14);
    figures->addWidget(makeFigure(tr("commits today"), &m_today));
    figures->addWidget(makeFigure(tr("commits in a year"), &m_year));
    figures->addWidget(makeFigure(tr("days in a row"), &m_streak));
    figures->addWidget(makeFigure(tr("on the busiest day"), &m_busiest));
    layout->addLayout(figures);

    QFrame *calendar = makeCard(page);
    m_heat = new HeatMap(calendar);
    auto *inCalendar = new QVBoxLayout(calendar);
    inCalendar->setContentsMargins(16, 14, 16, 14);
    inCalendar->setSpacing(10);
    inCalendar->addWidget(makeLabel(tr("The last year"), u"heading"_s, calendar));
    inCalendar->addWidget(m_heat);
    layout->addWidget(calendar);

    auto *below = new QHBoxLayout;
    below->setSpacing(14);
    below->addWidget(makeBarsCard(tr("Who wrote the messages"), &m_sources), 1);
    below->addWidget(makeBarsCard(tr("Busiest repositories"), &m_repos), 1);
    layout->addLayout(below);

    QFrame *now = makeCard(page);
    m_now = makeLabel({}, u"muted"_s, now);
    m_now->setWordWrap(true);
    auto *inNow = new QVBoxLayout(now);
    inNow->setContentsMargins(16, 14, 16, 14);
    inNow->addWidget(makeLabel(tr("Right now"), u"heading"_s, now));
    inNow->addWidget(m_now);
    layout->addWidget(now);
    m_error = makeLabel({}, u"muted"_s, page);
    m_error->setWordWrap(true);
    layout->addWidget(m_error);
    layout->addStretch(1);

    auto *scroll = new QScrollArea(this);
    scroll->setWidgetResizable(true);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidget(page);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(scroll);
    connect(&m_activity, &Activity::changed, this, &ActivityPage::fill);
    connect(&daemon, &DaemonModel::repoChanged, this, &ActivityPage::fillNow);
    connect(&daemon, &DaemonModel::reposReset, this, &ActivityPage::fillNow);
    connect(&daemon, &DaemonModel::changed, this, &ActivityPage::fillNow);
    setFocusProxy(m_heat);
    fill();
    fillNow();
}

QWidget *ActivityPage::makeFigure(const QString &what, QLabel **value)
{
    QFrame *card = makeCard(this);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 12, 16, 12);
    layout->setSpacing(2);
    *value = makeLabel({}, u"title"_s, card);
    layout->addWidget(*value);
    layout->addWidget(makeLabel(what, u"muted"_s, card));
    return card;
}

QWidget *ActivityPage::makeBarsCard(const QString &title, QGridLayout **grid)
{
    QFrame *card = makeCard(this);
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(16, 14, 16, 14);
    layout->setSpacing(10);
    layout->addWidget(makeLabel(title, u"heading"_s, card));
    *grid = new QGridLayout;
    (*grid)->setHorizontalSpacing(12);
    (*grid)->setVerticalSpacing(8);
    (*grid)->setColumnStretch(1, 1);
    layout->addLayout(*grid);
    layout->addStretch(1);
    return card;
}

void ActivityPage::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_activity.activate();
}

void ActivityPage::fill()
{
    const QLocale locale;
    const ApiStats &stats = m_activity.stats();
    m_today->setText(locale.toString(m_activity.today()));
    m_year->setText(locale.toString(stats.commits));
    m_streak->setText(locale.toString(Activity::streak(stats.perDay, QDate::currentDate())));
    const ApiDayCount busiest = m_activity.busiest();
    m_busiest->setText(locale.toString(busiest.commits));
    m_busiest->setToolTip(locale.toString(busiest.day, QLocale::LongFormat));
    m_heat->setDays(stats.perDay, QDate::currentDate());
    fillBars(m_sources, m_activity.sources());
    QList<SourceShare> repos;
    for (const ApiNamedCount &repo : stats.byRepo.first(std::min<qsizetype>(stats.byRepo.size(), 5)))
        repos.append({.name = repo.name,
                      .commits = repo.commits,
                      .share = stats.commits > 0
                          ? static_cast<double>(repo.commits) / static_cast<double>(stats.byRepo.first().commits)
                          : 0});
    fillBars(m_repos, repos);
    m_error->setText(m_activity.error());
    m_error->setVisible(!m_activity.error().isEmpty());
}

void ActivityPage::fillBars(QGridLayout *grid, const QList<SourceShare> &shares)
{
    while (QLayoutItem *item = grid->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    int row = 0;
    for (const SourceShare &share : shares) {
        QLabel *name = makeLabel(share.name, u"body"_s, this);
        QLabel *count = makeLabel(QLocale().toString(share.commits), u"muted"_s, this);
        auto *bar = new ShareBar(share.share, this);
        bar->setAccessibleName(u"%1: %2"_s.arg(share.name).arg(share.commits));
        grid->addWidget(name, row, 0);
        grid->addWidget(bar, row, 1);
        grid->addWidget(count, row, 2, Qt::AlignRight);
        ++row;
    }
    if (shares.isEmpty())
        grid->addWidget(makeLabel(tr("No commits yet"), u"muted"_s, this), 0, 0);
}

void ActivityPage::fillNow()
{
    QStringList lines;
    for (const ApiRepo &repo : m_daemon.picture().repos)
        if (repo.running && lines.size() < 8)
            lines += u"%1: %2"_s.arg(repo.name, RepoWords::stageName(repo.stage));
    const ApiStatus &status = m_daemon.picture().status;
    if (status.cycle.running)
        lines.prepend(tr("Sweep %1: %2 of %3 repositories")
                          .arg(status.cycle.number)
                          .arg(status.cycle.done)
                          .arg(status.cycle.total));
    if (status.coordinatorState == u"down"_s)
        lines += tr("The model does not answer at %1; messages wait or come from the built-in engine")
                     .arg(status.coordinatorUrl);
    m_now->setText(lines.isEmpty() ? tr("Nothing is being worked on.") : lines.join(u'\n'));
}

} // namespace AutoCommit
